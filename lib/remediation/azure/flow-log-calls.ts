import { z } from "zod";
import { resourceGroupOf } from "#lib/inventory/azure/arm.ts";
import { armUrl, azRest, defineAzureCall, nameIn, updateIntervalInMs } from "./azure-call.ts";

const Log = z.object({ watcherId: z.string().min(1).max(500), name: z.string().min(1).max(80) });
const apiVersion = "2024-05-01";

/** A flow log's own fields, with everything that a PUT takes. */
export const FlowLogFields = z.object({
  location: z.string().min(1),
  tags: z.record(z.string(), z.string()).optional(),
  targetResourceId: z.string().min(1),
  storageId: z.string().min(1),
  enabled: z.boolean(),
  retentionPolicy: z.object({ enabled: z.boolean(), days: z.int().min(0) }),
  format: z.object({ type: z.string(), version: z.int() }),
  enabledFilteringCriteria: z.string().optional(),
  recordTypes: z.string().optional(),
  flowAnalyticsConfiguration: z
    .object({
      networkWatcherFlowAnalyticsConfiguration: z
        .object({
          enabled: z.boolean().optional(),
          workspaceId: z.string().optional(),
          workspaceRegion: z.string().optional(),
          workspaceResourceId: z.string().optional(),
          trafficAnalyticsInterval: z.int().optional(),
        })
        .optional(),
    })
    .optional(),
});
export type FlowLogFields = z.infer<typeof FlowLogFields>;

const logId = ({ watcherId, name }: z.infer<typeof Log>): string => `${watcherId}/flowLogs/${name}`;

export const flowLogCalls = [
  defineAzureCall({
    api: "azure.network.flowLogs.createOrUpdate",
    input: Log.extend({ log: FlowLogFields }),
    // What is recorded and where it goes must let the recording be set up, too.
    permissions: [
      "Microsoft.Network/networkWatchers/flowLogs/write",
      "Microsoft.Network/networkSecurityGroups/write",
      "Microsoft.Network/virtualNetworks/write",
      "Microsoft.Storage/storageAccounts/listKeys/action",
    ],
    async send({ clients }, { watcherId, name, log }, { signal }) {
      await clients.network.flowLogs.beginCreateOrUpdateAndWait(
        resourceGroupOf(watcherId),
        nameIn(watcherId),
        name,
        log,
        { abortSignal: signal, updateIntervalInMs },
      );
      return null;
    },
    command: ({ log: { location, tags, ...properties }, ...where }) =>
      azRest("put", armUrl(logId(where), apiVersion), { location, tags, properties }),
  }),
  defineAzureCall({
    api: "azure.network.flowLogs.delete",
    input: Log,
    permissions: ["Microsoft.Network/networkWatchers/flowLogs/delete"],
    async send({ clients }, { watcherId, name }, { signal }) {
      await clients.network.flowLogs.beginDeleteAndWait(resourceGroupOf(watcherId), nameIn(watcherId), name, {
        abortSignal: signal,
        updateIntervalInMs,
      });
      return null;
    },
    command: (where) => azRest("delete", armUrl(logId(where), apiVersion)),
  }),
];
