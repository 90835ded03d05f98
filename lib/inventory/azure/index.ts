import type { Kind } from "../model.ts";
import { apps } from "./appservice.ts";
import { authorizationSubscription, customRoles, roleAssignments } from "./authorization.ts";
import type { AzureCollector } from "./collector.ts";
import { disks, virtualMachines } from "./compute.ts";
import { databricksWorkspaces } from "./databricks.ts";
import { defenderSubscription } from "./defender.ts";
import { entraApplications } from "./entra-applications.ts";
import { entraTenant } from "./entra-tenant.ts";
import { entraUsers } from "./entra-users.ts";
import { keyVaults } from "./keyvault.ts";
import { vaultKeys, vaultSecrets } from "./keyvault-contents.ts";
import { activityLogAlerts } from "./monitor-alerts.ts";
import { applicationInsights } from "./monitor-application-insights.ts";
import { monitorSubscription } from "./monitor-subscription.ts";
import { vaultLogging } from "./monitor-vault-logging.ts";
import { mysqlServers } from "./mysql.ts";
import { applicationGateways, wafPolicies } from "./network-application-gateways.ts";
import { flowLogs } from "./network-flow-logs.ts";
import { gateways } from "./network-gateways.ts";
import { interfaces, publicIps } from "./network-interfaces.ts";
import { securityGroups } from "./network-security-groups.ts";
import { networkRegions, networkSubscription, virtualNetworks } from "./network-virtual-networks.ts";
import { postgresqlServers } from "./postgresql.ts";
import { sqlDatabases, sqlServers } from "./sql.ts";
import { storageAccounts } from "./storage.ts";

type AzureKind = Extract<Kind, `azure.${string}`>;

/** The collector of every Azure kind: a kind without one doesn't compile. */
const byKind: { [K in AzureKind]: AzureCollector<K> } = {
  "azure.storage.account": storageAccounts,
  "azure.keyvault.vault": keyVaults,
  "azure.keyvault.key": vaultKeys,
  "azure.keyvault.secret": vaultSecrets,
  "azure.network.security-group": securityGroups,
  "azure.network.interface": interfaces,
  "azure.network.public-ip": publicIps,
  "azure.network.virtual-network": virtualNetworks,
  "azure.network.flow-log": flowLogs,
  "azure.network.region": networkRegions,
  "azure.network.subscription": networkSubscription,
  "azure.network.gateway": gateways,
  "azure.network.application-gateway": applicationGateways,
  "azure.network.waf-policy": wafPolicies,
  "azure.monitor.subscription": monitorSubscription,
  "azure.monitor.activity-log-alert": activityLogAlerts,
  "azure.monitor.application-insights": applicationInsights,
  "azure.monitor.vault-logging": vaultLogging,
  "azure.defender.subscription": defenderSubscription,
  "azure.authorization.subscription": authorizationSubscription,
  "azure.authorization.role-assignment": roleAssignments,
  "azure.authorization.custom-role": customRoles,
  "azure.entra.tenant": entraTenant,
  "azure.entra.user": entraUsers,
  "azure.entra.application": entraApplications,
  "azure.databricks.workspace": databricksWorkspaces,
  "azure.compute.virtual-machine": virtualMachines,
  "azure.compute.disk": disks,
  "azure.sql.server": sqlServers,
  "azure.sql.database": sqlDatabases,
  "azure.postgresql.server": postgresqlServers,
  "azure.mysql.server": mysqlServers,
  "azure.appservice.app": apps,
};

export const azureCollectors: readonly AzureCollector[] = Object.values(byKind);
