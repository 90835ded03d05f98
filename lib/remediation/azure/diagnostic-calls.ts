import { z } from "zod";
import { diagnosticSettingsVersion } from "#lib/inventory/azure/diagnostic-settings.ts";
import { armUrl, azRest, defineAzureCall } from "./azure-call.ts";

/** `resourceId`: what is logged, a resource or a subscription. */
const Setting = z.object({ resourceId: z.string().min(1).max(500), name: z.string().min(1).max(260) });

const retention = z.object({ enabled: z.boolean(), days: z.number() }).optional();
const text = z.string().min(1).optional();

/** A diagnostic setting's properties, with everything that a PUT takes. */
export const DiagnosticProperties = z.object({
  storageAccountId: text,
  workspaceId: text,
  eventHubAuthorizationRuleId: text,
  eventHubName: text,
  marketplacePartnerId: text,
  serviceBusRuleId: text,
  logAnalyticsDestinationType: text,
  logs: z.array(
    z.object({ category: text, categoryGroup: text, enabled: z.boolean(), retentionPolicy: retention }),
  ),
  metrics: z.array(
    z.object({ category: text, timeGrain: text, enabled: z.boolean(), retentionPolicy: retention }),
  ),
});

const pathOf = ({ resourceId, name }: z.infer<typeof Setting>): string =>
  `${resourceId}/providers/Microsoft.Insights/diagnosticSettings/${encodeURIComponent(name)}`;

export const diagnosticCalls = [
  defineAzureCall({
    api: "azure.monitor.diagnosticSettings.createOrUpdate",
    input: Setting.extend({ properties: DiagnosticProperties }),
    // Besides the setting itself, Azure asks whether the caller may have logs written to where they go.
    permissions: [
      "Microsoft.Insights/DiagnosticSettings/write",
      "Microsoft.OperationalInsights/workspaces/sharedKeys/action",
      "Microsoft.Storage/storageAccounts/listKeys/action",
    ],
    async send({ clients }, { properties, ...setting }, { signal }) {
      const options = { apiVersion: diagnosticSettingsVersion, signal };
      await clients.monitorReader.put(pathOf(setting), { properties }, options);
      return null;
    },
    command: ({ properties, ...setting }) =>
      azRest("put", armUrl(pathOf(setting), diagnosticSettingsVersion), { properties }),
  }),
  defineAzureCall({
    api: "azure.monitor.diagnosticSettings.delete",
    input: Setting,
    permissions: ["Microsoft.Insights/DiagnosticSettings/delete"],
    async send({ clients }, setting, { signal }) {
      await clients.monitorReader.delete(pathOf(setting), { apiVersion: diagnosticSettingsVersion, signal });
      return null;
    },
    command: (setting) => azRest("delete", armUrl(pathOf(setting), diagnosticSettingsVersion)),
  }),
];
