import { addApp } from "#sandbox/estates/build/azure/apps.ts";
import { addMachine, plainDisk } from "#sandbox/estates/build/azure/compute.ts";
import { addFlexibleServer, addSqlDatabase, addSqlServer } from "#sandbox/estates/build/azure/databases.ts";
import { addNetwork, addSecurityGroup } from "#sandbox/estates/build/azure/network.ts";
import { type AzureSite, inGroup } from "#sandbox/estates/build/azure/site.ts";
import type { Tags } from "#sandbox/estates/build/site.ts";
import type { AcmeAzureSite } from "../../acme-azure.ts";
import { tagsOf } from "../company.ts";
import { nameWorkload } from "../names.ts";
import { guardedPostgres } from "./databases.ts";
import { webRules } from "./security-groups.ts";

/** Workloads per scale: each is two machines with a network of its own, and some have databases and apps. */
const perScale = { production: 12, staging: 4 };

/** The ordinary workloads: most of them as templates make them, some as people did before there were any. */
export function addAzureWorkloads(site: AcmeAzureSite, scale: number): void {
  const { environment } = site;
  const count = (environment === "production" ? perScale.production : perScale.staging) * scale;
  for (let n = 0; n < count; n++) addWorkload(site, n);
}

function addWorkload(site: AcmeAzureSite, n: number): void {
  const { environment, random } = site;
  const { name, team } = nameWorkload(n);
  const location = random.chance(0.8) ? "westeurope" : "northeurope";
  const tags = tagsOf(environment, team, { Workload: name });
  const at = inGroup(site, `rg-${team}-${environment}`, location, tagsOf(environment, team));
  const isOld = random.chance(0.15);
  const subnetId = addWorkloadNetwork(at, name, n, isOld, tags);
  const count = 2 + random.int(2);
  for (let machine = 1; machine <= count; machine++) {
    addMachine(at, {
      name: `vm-${name}-${machine}`,
      subnetId,
      tags,
      size: random.pick(["Standard_D2ads_v6", "Standard_D4ads_v6", "Standard_E4ads_v6"]),
      ageDays: isOld ? 900 + random.int(900) : 10 + random.int(500),
      dataDisksGib: random.chance(0.6) ? [128 << random.int(4)] : [],
      isPublic: isOld && random.chance(0.5),
      ...(isOld ? { diskProperties: plainDisk, security: null, passwordLogin: random.chance(0.3) } : {}),
    });
  }
  if (n % 3 === 0) addApps(at, name, n, isOld, tags);
  if (n % 4 === 0) addWorkloadDatabases(at, name, n, isOld, tags);
}

/** Workloads have their security group on the one subnet; the older ones let web traffic in from everywhere. */
function addWorkloadNetwork(site: AzureSite, name: string, n: number, isOld: boolean, tags: Tags): string {
  const group = addSecurityGroup(site, {
    name: `nsg-${name}`,
    tags,
    rules: [
      ...webRules,
      ...(isOld ? [{ name: "http", priority: 400, from: "Internet", ports: ["80", "443"] }] : []),
      { name: "metrics", priority: 500, from: "10.32.0.0/16", ports: "9100" },
    ],
  });
  const prefix = `10.${100 + (n % 100)}.${Math.floor(n / 100) % 256}`;
  const network = addNetwork(site, {
    name: `vnet-${name}`,
    prefix: `${prefix}.0/24`,
    tags,
    subnets: [{ name: "workload", prefix: `${prefix}.0/25`, groupId: group.id }],
  });
  return `${network.id}/subnets/workload`;
}

function addApps(site: AzureSite, name: string, n: number, isOld: boolean, tags: Tags): void {
  addApp(site, {
    name: `app-${name}-${n}-${site.subscription.id.slice(0, 4)}`,
    tags,
    ...(isOld ? { settings: { minTlsVersion: "1.1", http20Enabled: false }, hasIdentity: false } : {}),
  });
}

function addWorkloadDatabases(site: AzureSite, name: string, n: number, isOld: boolean, tags: Tags): void {
  const suffix = `${n}-${site.subscription.id.slice(0, 4)}`;
  if (n % 8 === 0) {
    const server = addSqlServer(site, {
      name: `sql-${name}-${suffix}`,
      tags,
      ...(isOld ? { audit: 30, properties: { minimalTlsVersion: "1.0" } } : {}),
    });
    for (const database of ["main", "history"]) addSqlDatabase(site, server, { name: database, tags });
    return;
  }
  addFlexibleServer(site, {
    engine: "PostgreSQL",
    name: `psql-${name}-${suffix}`,
    tags,
    parameters: isOld ? {} : guardedPostgres,
  });
}
