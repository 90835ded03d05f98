import {
  addDisk,
  addInstance,
  allApis,
  defaultAccountOf,
  setProjectMetadata,
} from "../../build/gcp/compute.ts";
import type { GcpNetwork } from "../../build/gcp/network.ts";
import type { GcpSite } from "../../build/gcp/site.ts";
import { type GcpEnvironment, labelsOf } from "./company.ts";
import type { GcpKeys } from "./keys.ts";

/** Machines with a story, and what holds for all of their project. */
export function addGcpMachines(
  site: GcpSite,
  environment: GcpEnvironment,
  network: GcpNetwork,
  keys: GcpKeys,
): void {
  if (environment === "production") addProduction(site, network, keys);
  else addDevelopment(site, network);
}

const at = (network: GcpNetwork, region: string) => ({
  zone: `${region}-b`,
  network: network.link,
  subnet: network.subnets[region] ?? "",
});

export const accountOf = ({ project }: GcpSite, name: string): string =>
  `${name}@${project.id}.iam.gserviceaccount.com`;

function addProduction(site: GcpSite, network: GcpNetwork, keys: GcpKeys): void {
  setProjectMetadata(site, { "enable-oslogin": "TRUE", "block-project-ssh-keys": "TRUE" });
  const here = at(network, "europe-west3");
  const labels = labelsOf("production", "data");
  addInstance(site, "settlement-enclave", {
    ...here,
    labels: labelsOf("production", "finance"),
    account: accountOf(site, "settlement"),
    machineType: "n2d-standard-4",
    confidential: "SEV_SNP",
    shielded: { secureBoot: true },
    diskKey: keys.compute,
    dataGib: 200,
  });
  // Lifted out of the data centre, image and habits included.
  addInstance(site, "etl-legacy", {
    ...here,
    labels,
    tags: ["etl-legacy"],
    publicIp: "ephemeral",
    shielded: null,
    ageDays: 1_100,
    metadata: { "enable-oslogin": "FALSE", "serial-port-enable": "1" },
    dataGib: 500,
  });
  addInstance(site, "report-desktop", {
    ...here,
    labels: labelsOf("production", "finance"),
    tags: ["reporting"],
    account: accountOf(site, "reports"),
    status: "TERMINATED",
    publicIp: "ephemeral",
    shielded: { vtpm: true, integrityMonitoring: false },
  });
  addInstance(site, "egress-router", {
    ...at(network, "europe-west1"),
    labels: labelsOf("production", "platform"),
    account: accountOf(site, "router"),
    canIpForward: true,
    diskKey: keys.compute,
  });
  // A node of a cluster: its settings are those of its pool.
  addInstance(site, "gke-features-pool-1-8f2c41d0-x7k2", {
    ...here,
    labels: { ...labels, "goog-gke-node": "", "goog-k8s-cluster-name": "features" },
    tags: ["gke-features-8f2c41d0-node"],
    canIpForward: true,
    diskKey: keys.compute,
    metadata: { "block-project-ssh-keys": "TRUE" },
  });
  addDisk(site, "escrow-vault", {
    zone: here.zone,
    sizeGib: 50,
    labels: labelsOf("production", "security"),
    isCustomerSupplied: true,
  });
}

function addDevelopment(site: GcpSite, network: GcpNetwork): void {
  // Turned on while a kernel was being debugged.
  setProjectMetadata(site, {
    "serial-port-enable": "TRUE",
    "ssh-keys": "lena:ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleOnly lena@acme.example",
  });
  const here = at(network, "europe-west4");
  const labels = labelsOf("development", "fraud");
  addInstance(site, "notebook-lena", {
    ...here,
    labels,
    tags: ["notebook"],
    publicIp: "ephemeral",
    account: defaultAccountOf(site),
    scopes: [allApis],
  });
  addInstance(site, "notebook-omar", {
    ...here,
    labels,
    tags: ["notebook"],
    account: defaultAccountOf(site),
    scopes: ["https://www.googleapis.com/auth/devstorage.read_only"],
    metadata: { "serial-port-enable": "FALSE", "enable-oslogin": "TRUE" },
  });
  addInstance(site, "trainer-batch", {
    ...here,
    labels,
    account: null,
    metadata: { "block-project-ssh-keys": "true" },
  });
}
