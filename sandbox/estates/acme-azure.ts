import { ArmTree } from "#sandbox/azure/arm-tree.ts";
import type { AzureEstate, ServicePrincipal, Subscription, Tenant } from "#sandbox/azure/model.ts";
import { addAccess } from "./acme/azure/access.ts";
import { addApplications } from "./acme/azure/applications.ts";
import { addApps } from "./acme/azure/apps.ts";
import {
  type AcmePrincipal,
  acmeRemediator,
  acmeScanner,
  acmeSubscriptions,
  acmeTenant,
  remediatorGraphPermissions,
  scannerActions,
  scannerGraphPermissions,
} from "./acme/azure/company.ts";
import { addDatabases } from "./acme/azure/databases.ts";
import { addDatabricks } from "./acme/azure/databricks.ts";
import { addDefender } from "./acme/azure/defender.ts";
import { addDirectory } from "./acme/azure/directory.ts";
import { addMachines } from "./acme/azure/machines.ts";
import { addMonitoring } from "./acme/azure/monitoring.ts";
import { addNetworks } from "./acme/azure/networks.ts";
import { addSecurityGroups } from "./acme/azure/security-groups.ts";
import { addStorage } from "./acme/azure/storage.ts";
import { addStorageWorkloads } from "./acme/azure/storage-workloads.ts";
import { addVaults } from "./acme/azure/vaults.ts";
import { addAzureWorkloads } from "./acme/azure/workloads.ts";
import type { Environment } from "./acme/company.ts";
import type { AzureSite } from "./build/azure/site.ts";
import { createRandom } from "./build/random.ts";

export {
  type AcmePrincipal,
  type AcmeSubscription,
  acmeRemediator,
  acmeScanner,
  acmeSubscriptions,
  acmeTenant,
} from "./acme/azure/company.ts";

export type AcmeAzureOptions = {
  /** Multiplies the ordinary workloads; what has a story, and what a subscription has once, stays as it is. */
  scale?: number;
  /** When the estate is looked at. Its dates lie before that, always as far. */
  now?: Date;
  /** Items on a page of a list; small when left out, so that clients do page, and as long as Azure's in a large estate. */
  pageSize?: number;
};

/** What the builders of a subscription start from, before they choose a resource group (`inGroup`). */
export type AcmeAzureSite = Omit<AzureSite, "group" | "location"> & { environment: Environment };

/** Acme's tenant with its two subscriptions. The same for the same options; a larger scale only adds to a smaller. */
export function buildAcmeAzure({
  scale = 1,
  now = new Date(),
  pageSize = scale <= 4 ? 25 : 100,
}: AcmeAzureOptions = {}): AzureEstate {
  const tenant: Tenant = { ...acmeTenant, principals: new Map(), graph: new Map() };
  const estate: AzureEstate = { tenants: new Map([[tenant.id, tenant]]), subscriptions: new Map(), pageSize };
  addPrincipal(tenant, acmeScanner, scannerActions, scannerGraphPermissions);
  addPrincipal(tenant, acmeRemediator, ["*"], remediatorGraphPermissions);
  addDirectory(tenant, { scale, now });
  addApplications(tenant, { now });
  for (const { id, name, environment, locations } of acmeSubscriptions) {
    const subscription: Subscription = {
      id,
      name,
      tenantId: tenant.id,
      state: "Enabled",
      locations: [...locations],
      unregistered: new Set(),
      tree: new ArmTree(),
      kept: new Map(),
    };
    estate.subscriptions.set(id, subscription);
    // Numbers of their own for each part, so that what is added to one leaves the others as they are.
    const siteFor = (part: number): AcmeAzureSite => ({
      estate,
      tenant,
      subscription,
      environment,
      random: createRandom(Number.parseInt(id.slice(0, 7), 16) + part),
      now,
    });
    addStorage(siteFor(1));
    addVaults(siteFor(2));
    addDefender(siteFor(3));
    addAccess(siteFor(4));
    addMonitoring(siteFor(5));
    addInfrastructure(siteFor(6));
    addDatabricks(siteFor(7));
    addStorageWorkloads(siteFor(101), scale);
    addAzureWorkloads(siteFor(102), scale);
  }
  return estate;
}

/** Networks, and what runs in them. */
function addInfrastructure(site: AcmeAzureSite): void {
  const groups = addSecurityGroups(site);
  const networks = addNetworks(site, groups);
  addMachines(site, networks, groups);
  addDatabases(site);
  addApps(site);
}

function addPrincipal(
  tenant: Tenant,
  { appId, objectId, displayName, clientSecret }: AcmePrincipal,
  actions: string[],
  graphPermissions: string[],
): void {
  const principal: ServicePrincipal = {
    appId,
    objectId,
    displayName,
    secrets: [{ value: clientSecret }],
    certificates: [],
    graphPermissions: [...graphPermissions],
    access: new Map(acmeSubscriptions.map(({ id }) => [id, { actions: [...actions], notActions: [] }])),
  };
  tenant.principals.set(appId, principal);
}

/** How many resources of each ARM type the estate has. */
export const countAzureResources = (estate: AzureEstate): Record<string, number> => {
  const sum: Record<string, number> = {};
  for (const { tree } of estate.subscriptions.values()) {
    for (const [type, count] of Object.entries(tree.count())) sum[type] = (sum[type] ?? 0) + count;
  }
  return sum;
};
