import type { FlowLog } from "@azure/arm-network";
import { MalformedAnswer, namingFailures, readPromised, required } from "../answers.ts";
import type { Resource } from "../model.ts";
import { armId, armResource, resourceGroupOf } from "./arm.ts";
import { allOf, armListing } from "./arm-list.ts";
import type { AzureCollector, AzureContext } from "./collector.ts";
import { listedBelow } from "./listed-below.ts";
import { rawFields } from "./raw-fields.ts";

const readWatchers = "Microsoft.Network/networkWatchers/read";
const readFlowLogs = "Microsoft.Network/networkWatchers/flowLogs/read";

/** Flow logs are listed by Network Watcher, of which there is one per region in use. */
export const flowLogs: AzureCollector<"azure.network.flow-log"> = {
  kind: "azure.network.flow-log",
  cloud: "azure",
  service: "network",
  scope: "global",
  permissions: [readWatchers, readFlowLogs],
  collect(context) {
    const { clients, signal } = context;
    const watchers = clients.network.networkWatchers.listAll({ abortSignal: signal });
    const logs = listedBelow(armListing(readWatchers, watchers), async ({ id, name }) => {
      const { onResponse, has } = rawFields([...retention, "enabled"], [...retention, "days"]);
      const list = clients.network.flowLogs.list(resourceGroupOf(armId(id)), required(name, "name"), {
        abortSignal: signal,
        onResponse,
      });
      const found = await namingFailures(readFlowLogs, () => allOf(list));
      return found.map((log) => ({ log, saysRetention: has(log.id) }));
    });
    return context.each(logs, ({ log, saysRetention }) => describeFlowLog(context, log, saysRetention));
  },
};

const retention = ["properties", "retentionPolicy"];

const targets = {
  virtualnetworks: "virtual-network",
  networksecuritygroups: "security-group",
  subnets: "subnet",
  networkinterfaces: "interface",
} as const;

async function describeFlowLog(
  context: AzureContext,
  log: FlowLog,
  saysRetention: boolean,
): Promise<Resource<"azure.network.flow-log">> {
  const common = armResource(context, log);
  const targetId = armId(log.targetResourceId, "targetResourceId");
  const type = targetId.split("/").at(-2)?.toLowerCase() ?? "";
  const target = Object.entries(targets).find(([word]) => word === type)?.[1];
  if (!target) throw new MalformedAnswer(`A flow log records "${type}", which is not known.`);
  const { days, enabled: isLimited } = log.retentionPolicy ?? {};
  const analytics = log.flowAnalyticsConfiguration?.networkWatcherFlowAnalyticsConfiguration;
  const { read, unread } = await readPromised(context, common.uid, readFlowLogs, {
    enabled: log.enabled,
    // A limit that is off deletes nothing, whatever number stands beside it.
    retentionDays: saysRetention ? (isLimited ? days : 0) : undefined,
  });
  return {
    ...common,
    kind: "azure.network.flow-log",
    config: {
      targetId,
      target,
      ...read,
      storageId: log.storageId ? armId(log.storageId, "storageId") : null,
      workspaceId:
        analytics?.enabled && analytics.workspaceResourceId ? armId(analytics.workspaceResourceId) : null,
    },
    unread,
  };
}
