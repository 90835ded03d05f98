import type { Kind } from "../model.ts";
import type { AzureCollector } from "./collector.ts";
import { applicationGateways, wafPolicies } from "./network-application-gateways.ts";
import { flowLogs } from "./network-flow-logs.ts";
import { gateways } from "./network-gateways.ts";
import { interfaces, publicIps } from "./network-interfaces.ts";
import { securityGroups } from "./network-security-groups.ts";
import { networkRegions, networkSubscription, virtualNetworks } from "./network-virtual-networks.ts";

type AzureKind = Extract<Kind, `azure.${string}`>;

/** The collector of every Azure kind: a kind without one doesn't compile. */
const byKind: { [K in AzureKind]: AzureCollector<K> } = {
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
};

export const azureCollectors: readonly AzureCollector[] = Object.values(byKind);
