import {
  addApplicationGateway,
  addBastion,
  addFirewallPolicy,
  addVpnGateway,
} from "#sandbox/estates/build/azure/gateways.ts";
import { addFlowLog, addNetwork, addWatcher } from "#sandbox/estates/build/azure/network.ts";
import { type AzureSite, armId, inGroup } from "#sandbox/estates/build/azure/site.ts";
import type { AcmeAzureSite } from "../../acme-azure.ts";
import { tagsOf } from "../company.ts";
import type { SecurityGroups } from "./security-groups.ts";

/** Ids of the networks that machines are put into; a subnet's id is `<network>/subnets/<name>`. */
export type AcmeNetworks = { main: string; other: string };

/** Networks with what leads into them and what watches them. */
export const addNetworks = (site: AcmeAzureSite, groups: SecurityGroups): AcmeNetworks =>
  site.environment === "production" ? addShopNetworks(site, groups) : addLakeNetworks(site, groups);

const watcherIn = (site: AcmeAzureSite, location: string) =>
  addWatcher(inGroup(site, "NetworkWatcherRG", location));

const storageId = (site: AzureSite, group: string, name: string) =>
  armId({ ...site, group }, "Microsoft.Storage/storageAccounts", name);

const guard = (id: string | undefined) => (id === undefined ? {} : { groupId: id });

function addShopNetworks(site: AcmeAzureSite, groups: SecurityGroups): AcmeNetworks {
  const { environment } = site;
  const tags = tagsOf(environment, "platform");
  const at = inGroup(site, "rg-network-prod", "westeurope", tags);
  const ddosPlanId = armId(at, "Microsoft.Network/ddosProtectionPlans", "ddos-acme");
  const hub = addNetwork(at, {
    name: "vnet-hub-prod",
    prefix: "10.32.0.0/16",
    tags,
    ddosPlanId,
    subnets: [
      { name: "GatewaySubnet", prefix: "10.32.0.0/27" },
      { name: "AzureFirewallSubnet", prefix: "10.32.1.0/26" },
      { name: "AzureBastionSubnet", prefix: "10.32.2.0/26", ...guard(groups["nsg-bastion"]) },
      { name: "resolver", prefix: "10.32.3.0/24", ...guard(groups["nsg-dns-resolver"]) },
    ],
  });
  const shop = addNetwork(at, {
    name: "vnet-shop-prod",
    prefix: "10.40.0.0/16",
    tags: tagsOf(environment, "checkout"),
    ddosPlanId,
    subnets: [
      { name: "web", prefix: "10.40.1.0/24", ...guard(groups["nsg-shop-web"]) },
      { name: "app", prefix: "10.40.2.0/24", ...guard(groups["nsg-shop-app"]) },
      { name: "data", prefix: "10.40.3.0/24", ...guard(groups["nsg-shop-data"]) },
    ],
  });
  // The pilot in America, made in a hurry: no group on its subnet, no log, no watcher in its region.
  const pilot = addNetwork(inGroup(site, "rg-pilot-us", "eastus", tagsOf(environment, "merchants")), {
    name: "vnet-pilot-us",
    prefix: "10.99.0.0/16",
    subnets: [{ name: "default", prefix: "10.99.0.0/24" }],
  });
  const watcher = watcherIn(site, "westeurope");
  const audit = storageId(at, "rg-audit-prod", "acmeauditlogs");
  const workspaceId = armId(
    { ...at, group: "rg-audit-prod" },
    "Microsoft.OperationalInsights/workspaces",
    "log-acme-security",
  );
  addFlowLog(at, watcher, {
    name: "vnet-hub-prod-flow",
    targetId: hub.id,
    storageId: audit,
    days: 180,
    workspaceId,
  });
  addFlowLog(at, watcher, {
    name: "vnet-shop-prod-flow",
    targetId: shop.id,
    storageId: audit,
    days: 90,
    workspaceId,
  });
  // Kept from before flow logs of networks, and kept short as storage was dear.
  const web = groups["nsg-shop-web"];
  const data = groups["nsg-shop-data"];
  if (web) addFlowLog(at, watcher, { name: "nsg-shop-web-flow", targetId: web, storageId: audit, days: 7 });
  if (data) addFlowLog(at, watcher, { name: "nsg-shop-data-flow", targetId: data, storageId: audit });
  addBastion(at, "bas-hub-prod", hub.id, tags);
  addVpnGateway(at, { name: "vgw-hub-prod", tags, authentication: ["AAD"] });
  addGateways(at);
  return { main: shop.id, other: pilot.id };
}

function addGateways(site: AzureSite): void {
  const policy = addFirewallPolicy(site, {
    name: "waf-shop",
    settings: { state: "Enabled", mode: "Prevention", requestBodyCheck: true },
    ruleSets: [
      ["Microsoft_DefaultRuleSet", "2.1"],
      ["Microsoft_BotManagerRuleSet", "1.1"],
    ],
  });
  addApplicationGateway(site, {
    name: "agw-shop",
    tier: "WAF_v2",
    http2: true,
    tls: "AppGwSslPolicy20220101S",
    firewallPolicy: policy,
  });
  // For partners whose terminals know nothing newer, they said in 2020.
  addApplicationGateway(site, {
    name: "agw-partners",
    tier: "Standard_v2",
    tls: {
      policyType: "Custom",
      minProtocolVersion: "TLSv1_0",
      cipherSuites: ["TLS_RSA_WITH_AES_128_CBC_SHA"],
    },
  });
}

function addLakeNetworks(site: AcmeAzureSite, groups: SecurityGroups): AcmeNetworks {
  const { environment } = site;
  const tags = tagsOf(environment, "data");
  const at = inGroup(site, "rg-network-staging", "germanywestcentral", tags);
  const lake = addNetwork(at, {
    name: "vnet-lake-staging",
    prefix: "10.60.0.0/16",
    tags,
    subnets: [
      { name: "analysts", prefix: "10.60.1.0/24", ...guard(groups["nsg-analysts"]) },
      { name: "lake", prefix: "10.60.2.0/24", ...guard(groups["nsg-lake"]) },
    ],
  });
  const databricks = addNetwork(at, {
    name: "vnet-databricks-staging",
    prefix: "10.61.0.0/16",
    tags,
    subnets: [
      {
        name: "dbx-public",
        prefix: "10.61.0.0/18",
        ...guard(groups["nsg-databricks-public"]),
        delegation: "Microsoft.Databricks/workspaces",
      },
      {
        name: "dbx-private",
        prefix: "10.61.64.0/18",
        ...guard(groups["nsg-databricks-private"]),
        delegation: "Microsoft.Databricks/workspaces",
      },
      { name: "links", prefix: "10.61.128.0/24" },
    ],
  });
  const watcher = watcherIn(site, "germanywestcentral");
  addFlowLog(at, watcher, {
    name: "vnet-lake-staging-flow",
    targetId: lake.id,
    storageId: storageId(at, "rg-lake-staging", "acmelakestaging"),
    days: 30,
  });
  addVpnGateway(at, { name: "vgw-analysts", tags, authentication: ["Certificate"] });
  addFirewallPolicy(at, {
    name: "waf-trial",
    tags,
    settings: { state: "Enabled", mode: "Detection", requestBodyCheck: false },
    ruleSets: [["OWASP", "3.2"]],
  });
  return { main: lake.id, other: databricks.id };
}
