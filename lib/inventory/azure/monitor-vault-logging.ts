import { readAndUnread } from "../answers.ts";
import { armResource } from "./arm.ts";
import { armListing } from "./arm-list.ts";
import type { AzureCollector } from "./collector.ts";
import { diagnosticSettingsRead, readDiagnosticSettings } from "./diagnostic-settings.ts";

const vaultsRead = "Microsoft.KeyVault/vaults/read";

/** Reads, vault by vault, where its logs go: Azure lists diagnostic settings of one resource alone. */
export const vaultLogging: AzureCollector<"azure.monitor.vault-logging"> = {
  kind: "azure.monitor.vault-logging",
  cloud: "azure",
  service: "monitor",
  scope: "global",
  permissions: [vaultsRead, diagnosticSettingsRead],
  collect: (context) => {
    const vaults = context.clients.keyvault.vaults.listBySubscription({ abortSignal: context.signal });
    return context.each(armListing(vaultsRead, vaults), async (vault) => {
      const resource = armResource(context, vault);
      const uid = `${resource.uid}/providers/Microsoft.Insights/diagnosticSettings`;
      const settings = (await readDiagnosticSettings(context, uid, resource.uid)) ?? undefined;
      const facets = readAndUnread({ settings });
      return {
        ...resource,
        uid,
        kind: "azure.monitor.vault-logging",
        config: { vaultId: resource.uid, ...facets.read },
        unread: facets.unread,
      };
    });
  },
};
