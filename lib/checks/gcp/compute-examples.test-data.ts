import type { ComputeMetadata } from "#lib/inventory/gcp/compute.kinds.ts";
import type { ResourceConfigs } from "#lib/inventory/kinds.ts";

type Instance = ResourceConfigs["gcp.compute.instance"];

export const defaultAccount = "123456789012-compute@developer.gserviceaccount.com";
export const ownAccount = "web@p.iam.gserviceaccount.com";

const unset: ComputeMetadata = { enableOslogin: null, serialPortEnable: null, blockProjectSshKeys: null };

/** An instance with nothing to find fault with but what a test changes. */
export const instance = (rest: Partial<Instance> = {}): { config: Instance } => ({
  config: {
    status: "RUNNING",
    zone: "europe-west1-b",
    machineType: "n2d-standard-2",
    createdAt: null,
    interfaces: [{ network: "//network", subnet: "//subnet", external: [] }],
    networkTags: [],
    serviceAccounts: [{ email: ownAccount, scopes: ["https://www.googleapis.com/auth/cloud-platform"] }],
    metadata: unset,
    canIpForward: false,
    shielded: { secureBoot: false, vtpm: true, integrityMonitoring: true },
    confidential: "SEV",
    deletionProtection: false,
    disks: [],
    ...rest,
  },
});

/** An instance as an answer leaves it that could not be read whole. */
export function instanceWithout(field: keyof Instance): { config: Instance } {
  const { config } = instance();
  Reflect.deleteProperty(config, field);
  return { config };
}

/** The same as a node of a GKE cluster. */
export const gkeNode = (rest: Partial<Instance> = {}) => ({
  ...instance(rest),
  name: "gke-payments-pool-1a2b3c4d-x5y6",
  tags: { "goog-gke-node": "" },
});

export const metadata = (rest: Partial<ComputeMetadata> = {}): ComputeMetadata => ({ ...unset, ...rest });

export const project = (rest: Partial<ComputeMetadata> | null = {}) => ({
  kind: "gcp.compute.project" as const,
  config: { defaultServiceAccount: defaultAccount, ...(rest ? { metadata: metadata(rest) } : {}) },
});
