import { addWorkspace } from "#sandbox/estates/build/azure/databricks.ts";
import { addDiagnosticSetting } from "#sandbox/estates/build/azure/monitor.ts";
import { addNetwork, addSecurityGroup } from "#sandbox/estates/build/azure/network.ts";
import { inGroup } from "#sandbox/estates/build/azure/site.ts";
import type { AcmeAzureSite } from "../../acme-azure.ts";
import { tagsOf } from "../company.ts";

const delegation = "Microsoft.Databricks/workspaces";
const subnets = { publicSubnet: "databricks-public", privateSubnet: "databricks-private" };

/** Where analysts and data scientists work. Needs the security team's Log Analytics workspace. */
export function addDatabricks(site: AcmeAzureSite): void {
  if (site.environment === "production") addFraudWorkspace(site);
  else addTrialWorkspaces(site);
}

/** Set up with the network team: nothing of it faces the internet. */
function addFraudWorkspace(site: AcmeAzureSite): void {
  const tags = tagsOf(site.environment, "fraud");
  const at = inGroup(site, "rg-fraud-analytics-prod", "westeurope", tags);
  const groupId = addSecurityGroup(at, { name: "nsg-databricks-prod", tags, rules: [] }).id;
  const network = addNetwork(at, {
    name: "vnet-fraud-analytics-prod",
    prefix: "10.48.0.0/16",
    tags,
    subnets: [
      { name: subnets.publicSubnet, prefix: "10.48.0.0/20", groupId, delegation },
      { name: subnets.privateSubnet, prefix: "10.48.16.0/20", groupId, delegation },
    ],
  });
  const workspace = addWorkspace(at, {
    name: "dbw-fraud-prod",
    tags,
    network: { id: network.id, ...subnets },
    noPublicIp: true,
    publicNetworkAccess: "Disabled",
    privateEndpoint: "Approved",
  });
  const [workspaceId] = site.subscription.tree
    .ofType("Microsoft.OperationalInsights/workspaces")
    .map(({ id }) => id);
  if (workspaceId)
    addDiagnosticSetting(site, workspace.id, { name: "audit", workspaceId, groups: ["allLogs"] });
}

function addTrialWorkspaces(site: AcmeAzureSite): void {
  const tags = tagsOf(site.environment, "data");
  const at = inGroup(site, "rg-lake-staging", "germanywestcentral", tags);
  const groupId = addSecurityGroup(at, { name: "nsg-databricks-staging", tags, rules: [] }).id;
  // The second subnet was added by hand when clusters ran out of addresses, and nobody thought of its group.
  const network = addNetwork(at, {
    name: "vnet-lake-databricks",
    prefix: "10.57.0.0/16",
    tags,
    subnets: [
      { name: subnets.publicSubnet, prefix: "10.57.0.0/20", groupId, delegation },
      { name: subnets.privateSubnet, prefix: "10.57.16.0/20", delegation },
    ],
  });
  addWorkspace(at, {
    name: "dbw-lake-staging",
    tags,
    network: { id: network.id, ...subnets },
    noPublicIp: true,
    publicNetworkAccess: "Enabled",
    // Asked for two years ago; whoever had to approve it had left by then.
    privateEndpoint: "Pending",
  });
  // Fourteen days' trial, four years ago.
  addWorkspace(at, {
    name: "dbw-trial-mei",
    tags: { Owner: "mei.tanaka@acme.example" },
    sku: "trial",
    noPublicIp: false,
    publicNetworkAccess: "Enabled",
  });
}
