import type { compute_v1 } from "googleapis/build/src/apis/compute/v1.js";
import { cut, namingFailures, readPromised, required, tagRecord } from "../answers.ts";
import type { Resource } from "../model.ts";
import type { GcpCollector, GcpContext } from "./collector.ts";
import type { ComputeKinds, ComputeMetadata } from "./compute.kinds.ts";
import { callUnlessDisabled, fullName, maxResults, textOrNull, texts } from "./compute-common.ts";
import { lastStep, listAggregated, regionOf, timeFrom } from "./list.ts";

export const computeProject: GcpCollector<"gcp.compute.project"> = {
  kind: "gcp.compute.project",
  cloud: "gcp",
  service: "compute",
  scope: "global",
  permissions: ["compute.projects.get"],
  collect: async function* (context) {
    const { account, signal } = context;
    const api = await context.clients.compute();
    const answer = await callUnlessDisabled("compute.projects.get", () =>
      api.projects.get({ project: account }, { signal }),
    );
    if (!answer) return;
    const name = await namingFailures("compute.projects.get", async () => required(answer.data.name, "name"));
    const uid = `//compute.googleapis.com/projects/${name}`;
    const { commonInstanceMetadata } = answer.data;
    const { read, unread } = await readPromised(context, uid, "compute.projects.get", {
      metadata: commonInstanceMetadata && metadataOf(commonInstanceMetadata),
    });
    yield {
      uid,
      kind: "gcp.compute.project",
      account,
      region: "global",
      name,
      tags: {},
      config: { defaultServiceAccount: textOrNull(answer.data.defaultServiceAccount), ...read },
      unread,
    };
  },
};

export const instances: GcpCollector<"gcp.compute.instance"> = {
  kind: "gcp.compute.instance",
  cloud: "gcp",
  service: "compute",
  scope: "global",
  permissions: ["compute.instances.list"],
  collect: async function* (context) {
    const api = await context.clients.compute();
    const found = listAggregated(
      context,
      "compute.instances.list",
      (page, options) =>
        api.instances.aggregatedList({ project: context.account, maxResults, ...page }, options),
      "instances",
    );
    yield* context.each(found, (instance) => describeInstance(context, instance));
  },
};

async function describeInstance(
  context: GcpContext,
  instance: compute_v1.Schema$Instance,
): Promise<Resource<"gcp.compute.instance">> {
  const uid = fullName(required(instance.selfLink, "selfLink"));
  const zone = lastStep(required(instance.zone, "zone"));
  const { metadata, networkInterfaces, shieldedInstanceConfig: shielded } = instance;
  const { read, unread } = await readPromised(context, uid, "compute.instances.list", {
    // Both are part of every instance.
    interfaces: networkInterfaces && interfacesOf(networkInterfaces),
    metadata: metadata && metadataOf(metadata),
  });
  return {
    uid,
    kind: "gcp.compute.instance",
    account: context.account,
    region: regionOf(zone),
    name: required(instance.name, "name"),
    tags: tagRecord(Object.entries(instance.labels ?? {})),
    config: {
      status: required(instance.status, "status"),
      zone,
      machineType: instance.machineType ? cut(lastStep(instance.machineType)) : null,
      createdAt: timeFrom(instance.creationTimestamp),
      networkTags: texts(instance.tags?.items),
      serviceAccounts: (instance.serviceAccounts ?? []).map(({ email, scopes }) => ({
        email: cut(required(email, "email")),
        scopes: texts(scopes),
      })),
      canIpForward: instance.canIpForward ?? false,
      shielded: shielded
        ? {
            secureBoot: shielded.enableSecureBoot ?? false,
            vtpm: shielded.enableVtpm ?? false,
            integrityMonitoring: shielded.enableIntegrityMonitoring ?? false,
          }
        : null,
      confidential: confidentialOf(instance.confidentialInstanceConfig),
      deletionProtection: instance.deletionProtection ?? false,
      // Local SSDs have no resource of their own, and so no source.
      disks: (instance.disks ?? []).flatMap(({ source }) => (source ? [fullName(source)] : [])),
      ...read,
    },
    unread,
  };
}

type Interfaces = NonNullable<ComputeKinds["gcp.compute.instance"]["interfaces"]>;

const interfacesOf = (cards: readonly compute_v1.Schema$NetworkInterface[]): Interfaces =>
  cards.map(({ network, subnetwork, accessConfigs, ipv6AccessConfigs }) => ({
    network: network ? fullName(network) : null,
    subnet: subnetwork ? fullName(subnetwork) : null,
    external: [
      ...(accessConfigs ?? []).map(({ natIP }) => ({
        family: "ipv4" as const,
        address: textOrNull(natIP),
      })),
      ...(ipv6AccessConfigs ?? []).map(({ externalIpv6 }) => ({
        family: "ipv6" as const,
        address: textOrNull(externalIpv6),
      })),
    ],
  }));

/** Instances from before there were several technologies say only that it is on; that was AMD SEV. */
const confidentialOf = (config: compute_v1.Schema$ConfidentialInstanceConfig | undefined): string | null =>
  textOrNull(config?.confidentialInstanceType) ?? (config?.enableConfidentialCompute ? "SEV" : null);

/** Keys, scripts and whatever else people keep in metadata stay where they are. */
function metadataOf({ items }: compute_v1.Schema$Metadata): ComputeMetadata {
  const read = (key: string): string | null => {
    const found = items?.find((item) => item.key === key);
    return found ? cut(found.value ?? "") : null;
  };
  return {
    enableOslogin: read("enable-oslogin"),
    serialPortEnable: read("serial-port-enable"),
    blockProjectSshKeys: read("block-project-ssh-keys"),
  };
}
