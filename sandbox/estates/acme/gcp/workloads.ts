import { addInstance, allApis } from "../../build/gcp/compute.ts";
import { addDnsPolicy } from "../../build/gcp/dns.ts";
import {
  addBackendService,
  addFirewall,
  addNetwork,
  addSubnet,
  type FirewallOptions,
  type GcpNetwork,
} from "../../build/gcp/network.ts";
import type { GcpSite, Labels } from "../../build/gcp/site.ts";
import { addSqlInstance, soundFlags } from "../../build/gcp/sql.ts";
import { nameWorkload } from "../names.ts";
import { type GcpEnvironment, labelsOf } from "./company.ts";
import type { GcpKeys } from "./keys.ts";
import { accountOf } from "./machines.ts";

/** Workloads at scale 1, and how careless their owners are compared with production's. */
const profiles: Record<GcpEnvironment, { count: number; carelessness: number; region: string }> = {
  production: { count: 6, carelessness: 1, region: "europe-west3" },
  development: { count: 3, carelessness: 2.5, region: "europe-west4" },
};

const perNetwork = 40;

type Workload = {
  site: GcpSite;
  network: GcpNetwork;
  region: string;
  name: string;
  labels: Labels;
  keys: GcpKeys;
  /** True in a share of all cases that grows with carelessness. */
  isCareless: (share: number) => boolean;
};

/** Adds ordinary workloads in a company's usual proportions: `scale` times as many as at scale 1. */
export function addGcpWorkloads(
  site: GcpSite,
  environment: GcpEnvironment,
  first: GcpNetwork,
  keys: GcpKeys,
  scale: number,
): void {
  const { count, carelessness, region } = profiles[environment];
  const isCareless = (share: number) => site.random.chance(share * carelessness);
  let network = first;
  for (let n = 0; n < Math.round(count * scale); n++) {
    if (n > 0 && n % perNetwork === 0) network = layNetwork(site, n / perNetwork, region, isCareless);
    const { name, team } = nameWorkload(n);
    const workload = { site, network, region, name, labels: labelsOf(environment, team), keys, isCareless };
    addRules(workload);
    addMachines(workload);
    if (site.random.chance(0.3)) addDatabase(workload);
    if (site.random.chance(0.15)) {
      const logging = { enable: !isCareless(0.2) };
      addBackendService(site, `${name}-web`, { logging });
    }
  }
}

function layNetwork(
  site: GcpSite,
  n: number,
  region: string,
  isCareless: Workload["isCareless"],
): GcpNetwork {
  const name = `vpc-${String(n).padStart(3, "0")}`;
  const network = addNetwork(site, name);
  const prefix = `10.${64 + (n % 190)}`;
  addSubnet(site, network, `${name}-main`, {
    region,
    cidr: `${prefix}.0.0/18`,
    flowLogs: isCareless(0.15) ? "off" : "on",
  });
  addFirewall(site, network, `${name}-allow-internal`, {
    traffic: "tcp udp icmp",
    from: [`${prefix}.0.0/16`],
  });
  if (!isCareless(0.2)) addDnsPolicy(site, `${name}-queries`, { logging: true, networks: [name] });
  return network;
}

/** Ways in which rules of ordinary workloads were left open. */
const mistakes: [Pick<FirewallOptions, "traffic" | "from">, ...Pick<FirewallOptions, "traffic" | "from">[]] =
  [
    { traffic: "tcp:22" },
    { traffic: "tcp:22", from: ["::/0"] },
    { traffic: "tcp:3389" },
    { traffic: "tcp:0-65535" },
    { traffic: "all" },
  ];

function addRules({ site, network, name, isCareless }: Workload): void {
  const port = site.random.pick(["8080", "8443", "9000", "3000"]);
  addFirewall(site, network, `${name}-app`, { traffic: `tcp:${port}`, fromTags: ["web"], tags: [name] });
  if (site.random.chance(0.3))
    addFirewall(site, network, `${name}-https`, { traffic: "tcp:443", tags: [name] });
  if (isCareless(0.03)) {
    addFirewall(site, network, `${name}-debug`, {
      ...site.random.pick(mistakes),
      priority: 300,
      tags: [name],
    });
  }
}

const machineTypes = ["e2-standard-2", "n2d-standard-2", "n2d-standard-4", "c3-standard-4"] as const;

function addMachines({ site, network, region, name, labels, keys, isCareless }: Workload): void {
  const { random } = site;
  const machineType = random.pick(machineTypes);
  const isOld = isCareless(0.1);
  const ageDays = isOld ? 700 + random.int(700) : 5 + random.int(300);
  const isPlain = isCareless(0.1);
  for (let n = 1; n <= 2 + random.int(4); n++) {
    addInstance(site, `${name}-${n}`, {
      zone: `${region}-${random.pick(["b", "c", "d"])}`,
      network: network.link,
      subnet: network.subnets[region] ?? "",
      labels,
      tags: [name],
      machineType,
      ageDays,
      status: random.chance(0.05) ? "TERMINATED" : "RUNNING",
      ...(isPlain
        ? { scopes: [random.chance(0.5) ? allApis : storageOnly] }
        : { account: accountOf(site, "apps") }),
      publicIp: isCareless(0.03) ? "ephemeral" : "none",
      metadata: isCareless(0.05) ? { "enable-oslogin": "FALSE" } : {},
      shielded: isOld ? null : { secureBoot: random.chance(0.5) },
      ...(machineType.startsWith("n2d") && random.chance(0.4) ? { confidential: "SEV" as const } : {}),
      ...(random.chance(0.5) ? { diskKey: keys.compute } : {}),
      ...(random.chance(0.4) ? { dataGib: random.pick([100, 200, 500]) } : {}),
    });
  }
}

const storageOnly = "https://www.googleapis.com/auth/devstorage.read_only";

function addDatabase({ site, network, region, name, labels, isCareless }: Workload): void {
  const isPublic = isCareless(0.06);
  const version = site.random.pick(["POSTGRES_16", "POSTGRES_17", "MYSQL_8_4"]);
  const flags = version.startsWith("MYSQL") ? soundFlags.MYSQL : soundFlags.POSTGRES;
  addSqlInstance(site, `${name}-db`, {
    version,
    region,
    labels,
    ...(isPublic
      ? { isPublic, admits: { all: isCareless(0.3) ? "0.0.0.0/0" : "203.0.113.0/24" } }
      : { privateNetwork: network.link.replace(/^.*\/v1\//, "") }),
    sslMode: isCareless(0.1) ? "ALLOW_UNENCRYPTED_AND_ENCRYPTED" : "ENCRYPTED_ONLY",
    isBackedUp: !isCareless(0.05),
    isProtected: site.random.chance(0.7),
    ...(isCareless(0.2) ? {} : { flags }),
  });
}
