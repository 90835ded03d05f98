import type { compute_v1 } from "googleapis/build/src/apis/compute/v1.js";
import { computeProject, computeState, linkTo } from "#sandbox/gcp/handlers/compute/state.ts";
import { type GcpSite, type Labels, makeNumber, timeAgo } from "./site.ts";

/** Metadata that a person set, such as `{ "enable-oslogin": "TRUE" }`. */
export type MetadataItems = Record<string, string>;

const metadataOf = (site: GcpSite, items: MetadataItems): compute_v1.Schema$Metadata => ({
  kind: "compute#metadata",
  fingerprint: site.random.hex(11),
  ...(Object.keys(items).length > 0
    ? { items: Object.entries(items).map(([key, value]) => ({ key, value })) }
    : {}),
});

export function setProjectMetadata(site: GcpSite, items: MetadataItems): void {
  computeProject(site.project).commonInstanceMetadata = metadataOf(site, items);
}

export const defaultAccountOf = ({ project }: GcpSite): string =>
  `${project.number}-compute@developer.gserviceaccount.com`;

export const allApis = "https://www.googleapis.com/auth/cloud-platform";

export type InstanceOptions = {
  zone: string;
  network: string;
  subnet: string;
  labels?: Labels;
  tags?: string[];
  machineType?: string;
  ageDays?: number;
  status?: "RUNNING" | "TERMINATED";
  /** Its e-mail address; `null` for none, the project's default account when left out. */
  account?: string | null;
  scopes?: string[];
  /** An external address: `ephemeral` ones come and go with the instance. */
  publicIp?: "ephemeral" | "none";
  metadata?: MetadataItems;
  canIpForward?: boolean;
  /** `null` where the image does not support Shielded VM. */
  shielded?: { secureBoot?: boolean; vtpm?: boolean; integrityMonitoring?: boolean } | null;
  confidential?: "SEV" | "SEV_SNP" | "TDX";
  diskKey?: string;
  /** A data disk beside that which it starts from, of so many GiB. */
  dataGib?: number;
};

/** An instance with its disks. */
export function addInstance(site: GcpSite, name: string, options: InstanceOptions): void {
  const { project, random } = site;
  const { zone, status = "RUNNING", ageDays = 120, shielded = {}, publicIp = "none" } = options;
  const account = options.account === undefined ? defaultAccountOf(site) : options.account;
  const place = `zones/${zone}`;
  const selfLink = linkTo(project, `${place}/instances/${name}`);
  const disk = (suffix: string, sizeGib: number, boot: boolean) => ({
    kind: "compute#attachedDisk",
    type: "PERSISTENT",
    mode: "READ_WRITE",
    source: addDisk(site, `${name}${suffix}`, {
      zone,
      sizeGib,
      ageDays,
      attachedTo: selfLink,
      ...(options.diskKey ? { kmsKey: options.diskKey } : {}),
      ...(options.labels ? { labels: options.labels } : {}),
    }),
    deviceName: `${name}${suffix}`,
    index: boot ? 0 : 1,
    boot,
    autoDelete: boot,
  });
  computeState(project, "instances").set(`${place}/instances/${name}`, {
    kind: "compute#instance",
    id: makeNumber(site),
    creationTimestamp: timeAgo(site, ageDays),
    name,
    tags: { fingerprint: random.hex(11), ...(options.tags ? { items: options.tags } : {}) },
    machineType: linkTo(project, `${place}/machineTypes/${options.machineType ?? "e2-standard-2"}`),
    status,
    zone: linkTo(project, place),
    canIpForward: options.canIpForward ?? false,
    networkInterfaces: [
      {
        kind: "compute#networkInterface",
        name: "nic0",
        network: options.network,
        subnetwork: options.subnet,
        networkIP: `10.${random.int(100)}.${random.int(250)}.${2 + random.int(250)}`,
        stackType: "IPV4_ONLY",
        ...(publicIp === "none"
          ? {}
          : {
              accessConfigs: [
                {
                  kind: "compute#accessConfig",
                  type: "ONE_TO_ONE_NAT",
                  name: "External NAT",
                  networkTier: "PREMIUM",
                  // A stopped instance holds on to none.
                  ...(status === "RUNNING"
                    ? { natIP: `34.${76 + random.int(80)}.${random.int(250)}.${1 + random.int(250)}` }
                    : {}),
                },
              ],
            }),
      },
    ],
    disks: [disk("", 20, true), ...(options.dataGib ? [disk("-data", options.dataGib, false)] : [])],
    metadata: metadataOf(site, options.metadata ?? {}),
    ...(account === null
      ? {}
      : { serviceAccounts: [{ email: account, scopes: options.scopes ?? [allApis] }] }),
    selfLink,
    scheduling: { onHostMaintenance: "MIGRATE", automaticRestart: true, preemptible: false },
    cpuPlatform: "AMD Rome",
    ...(options.labels ? { labels: options.labels } : {}),
    labelFingerprint: random.hex(11),
    startRestricted: false,
    deletionProtection: false,
    ...(shielded === null
      ? {}
      : {
          shieldedInstanceConfig: {
            enableSecureBoot: shielded.secureBoot ?? false,
            enableVtpm: shielded.vtpm ?? true,
            enableIntegrityMonitoring: shielded.integrityMonitoring ?? true,
          },
          shieldedInstanceIntegrityPolicy: { updateAutoLearnPolicy: true },
        }),
    ...(options.confidential
      ? {
          confidentialInstanceConfig: {
            enableConfidentialCompute: true,
            confidentialInstanceType: options.confidential,
          },
        }
      : {}),
  });
}

export type DiskOptions = {
  zone: string;
  sizeGib: number;
  labels?: Labels;
  ageDays?: number;
  /** A key in Cloud KMS, by full name. */
  kmsKey?: string;
  /** Encrypted with a key that only the customer holds. */
  isCustomerSupplied?: boolean;
  attachedTo?: string;
};

/** A persistent disk; its link comes back. */
export function addDisk(site: GcpSite, name: string, options: DiskOptions): string {
  const { zone, ageDays = 120 } = options;
  const path = `zones/${zone}/disks/${name}`;
  const selfLink = linkTo(site.project, path);
  computeState(site.project, "disks").set(path, {
    kind: "compute#disk",
    id: makeNumber(site),
    creationTimestamp: timeAgo(site, ageDays),
    name,
    sizeGb: String(options.sizeGib),
    zone: linkTo(site.project, `zones/${zone}`),
    status: "READY",
    selfLink,
    type: linkTo(site.project, `zones/${zone}/diskTypes/pd-balanced`),
    ...(options.attachedTo ? { users: [options.attachedTo] } : {}),
    ...(options.kmsKey ? { diskEncryptionKey: { kmsKeyName: `${options.kmsKey}/cryptoKeyVersions/1` } } : {}),
    ...(options.isCustomerSupplied ? { diskEncryptionKey: { sha256: `${site.random.hex(43)}=` } } : {}),
    ...(options.labels ? { labels: options.labels } : {}),
    labelFingerprint: site.random.hex(11),
    physicalBlockSizeBytes: "4096",
  });
  return selfLink;
}
