import type { NetworkRuleSet, Vault } from "@azure/arm-keyvault";
import { cut, oneOf, readPromised, required } from "../answers.ts";
import type { Resource } from "../model.ts";
import { armResource } from "./arm.ts";
import { armListing } from "./arm-list.ts";
import type { AzureCollector, AzureContext } from "./collector.ts";
import type { NetworkRules } from "./storage.kinds.ts";

export const readVaults = "Microsoft.KeyVault/vaults/read";

export const keyVaults: AzureCollector<"azure.keyvault.vault"> = {
  kind: "azure.keyvault.vault",
  cloud: "azure",
  service: "keyvault",
  scope: "global",
  permissions: [readVaults],
  collect: (context) => context.each(listVaults(context), (vault) => describeVault(context, vault)),
};

/** Every vault of the subscription. */
export const listVaults = ({ clients, signal }: AzureContext) =>
  armListing(readVaults, clients.keyvault.vaults.listBySubscription({ abortSignal: signal }));

async function describeVault(context: AzureContext, vault: Vault): Promise<Resource<"azure.keyvault.vault">> {
  const common = armResource(context, vault);
  const { properties } = vault;
  const { read, unread } = await readPromised(context, common.uid, readVaults, {
    purgeProtection: properties && (properties.enablePurgeProtection ?? null),
    rbac: properties && (properties.enableRbacAuthorization ?? null),
    publicNetworkAccess: properties && (properties.publicNetworkAccess ?? null),
    networkRules: properties && (properties.networkAcls ? networkRulesOf(properties.networkAcls) : null),
    privateEndpoints:
      properties &&
      (properties.privateEndpointConnections ?? []).map(
        (one) => one.privateLinkServiceConnectionState?.status ?? "Unknown",
      ),
  });
  return {
    ...common,
    kind: "azure.keyvault.vault",
    config: {
      sku: properties?.sku?.name ?? null,
      softDeleteDays: properties?.softDeleteRetentionInDays ?? null,
      ...read,
    },
    unread,
  };
}

function networkRulesOf(rules: NetworkRuleSet): NetworkRules {
  const bypass = rules.bypass ?? "None";
  return {
    defaultAction: oneOf(rules.defaultAction ?? "Allow", ["Allow", "Deny"], "defaultAction"),
    bypass: bypass === "None" ? [] : [cut(bypass)],
    ipRanges: (rules.ipRules ?? []).map((rule) => cut(required(rule.value, "ipRules.value"))),
    subnetIds: (rules.virtualNetworkRules ?? []).map((rule) =>
      cut(required(rule.id, "virtualNetworkRules.id")),
    ),
  };
}
