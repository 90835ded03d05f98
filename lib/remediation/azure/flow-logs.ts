import { createHash } from "node:crypto";
import type { FlowLog } from "@azure/arm-network";
import { z } from "zod";
import { canonicalJson } from "#lib/canonical-json.ts";
import { judgeRetention } from "#lib/checks/azure/flow-logs.ts";
import { idKey } from "#lib/checks/azure/same-id.ts";
import { required } from "#lib/inventory/answers.ts";
import { armId, regionOf, resourceGroupOf } from "#lib/inventory/azure/arm.ts";
import type { Json, PlannedCall } from "../model.ts";
import { defineOperation } from "../operation.ts";
import { nameIn, orGone } from "./azure-call.ts";
import { FlowLogFields } from "./flow-log-calls.ts";

type Fields = { [field: string]: Json };
type Log = { name: string; log: Fields };

/** The region's Network Watcher, and the flow logs that record the network as a whole, by name. */
type NetworkState = { watcherId: string | null; logs: Log[] };

const reads = ["Microsoft.Network/networkWatchers/read", "Microsoft.Network/networkWatchers/flowLogs/read"];
const calls = ["azure.network.flowLogs.createOrUpdate", "azure.network.flowLogs.delete"];

const days = z.int().min(90).max(365).default(90);
const Record = z.object({
  storage: z
    .string()
    .regex(
      /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Storage\/storageAccounts\/[^/]+$/i,
      "The ARM id of a storage account in the network's region.",
    )
    .nullable(),
  days,
});

export const recordTraffic = defineOperation<"azure", NetworkState, z.output<typeof Record>>({
  id: "azure.network.record-traffic",
  cloud: "azure",
  title: "Record the virtual network's traffic in a flow log",
  kinds: ["azure.network.virtual-network"],
  parameters: Record,
  reads: ["Microsoft.Network/virtualNetworks/read", ...reads],
  calls,

  async read({ clients }, { target, signal }) {
    const options = { abortSignal: signal };
    const network = await orGone(() =>
      clients.network.virtualNetworks.get(resourceGroupOf(target.uid), nameIn(target.uid), options),
    );
    if (!network) return null;
    const region = regionOf(network.location);
    const watchers: string[] = [];
    for await (const { id, location } of clients.network.networkWatchers.listAll(options)) {
      if (regionOf(location) === region) watchers.push(armId(id));
    }
    const [watcherId = null] = watchers.sort();
    const logs: Log[] = [];
    if (watcherId !== null) {
      const list = clients.network.flowLogs.list(resourceGroupOf(watcherId), nameIn(watcherId), options);
      for await (const log of list) {
        if (idKey(armId(log.targetResourceId)) === idKey(target.uid)) logs.push(logOf(log));
      }
    }
    return { watcherId, logs: logs.sort((a, b) => (a.name < b.name ? -1 : 1)) };
  },

  plan({ watcherId, logs }, { storage, days: keptDays }, target) {
    if (logs.some(({ log }) => log.enabled === true))
      return { outcome: "nothing", reason: "A flow log records the network already." };
    if (watcherId === null) {
      return {
        outcome: "refused",
        reason: `Network Watcher is off in ${target.region}, and flow logs are its. Enable it there first.`,
      };
    }
    const [present] = logs;
    if (!present && storage === null) {
      return { outcome: "refused", reason: "The plan doesn't say which storage account keeps the flow log." };
    }
    const made: Log = present
      ? { name: present.name, log: { ...present.log, enabled: true } }
      : {
          name: nameOf(target.name, target.uid),
          log: {
            location: target.region,
            targetResourceId: target.uid,
            storageId: storage,
            enabled: true,
            retentionPolicy: { enabled: true, days: keptDays },
            format: { type: "JSON", version: 2 },
          },
        };
    return {
      outcome: "change",
      after: {
        watcherId,
        logs: [...logs.filter((log) => log !== present), made].sort((a, b) => (a.name < b.name ? -1 : 1)),
      },
      calls: [put(watcherId, made)],
      notes: [
        present
          ? `${present.name} is switched on as it was set up.`
          : `Records go to ${storage}, which has to be in the network's region; Azure bills for what is recorded.`,
      ],
    };
  },

  wayBack(before, present) {
    const { watcherId } = present;
    if (watcherId === null) return { calls: [] };
    const found = new Map(present.logs.map((log) => [log.name, canonicalJson(log)]));
    const names = new Set(before.logs.map(({ name }) => name));
    return {
      calls: [
        ...before.logs
          .filter((log) => found.get(log.name) !== canonicalJson(log))
          .map((log) => put(watcherId, log)),
        ...[...found.keys()]
          .filter((name) => !names.has(name))
          .map(
            (name): PlannedCall => ({
              id: `delete-${name}`,
              api: "azure.network.flowLogs.delete",
              input: { watcherId, name },
            }),
          ),
      ],
    };
  },
});

const Keep = z.object({ days });

export const keepTraffic = defineOperation<"azure", { log: Fields }, z.output<typeof Keep>>({
  id: "azure.network.keep-traffic",
  cloud: "azure",
  title: "Keep the flow log's records for longer",
  kinds: ["azure.network.flow-log"],
  parameters: Keep,
  reads: ["Microsoft.Network/networkWatchers/flowLogs/read"],
  calls: ["azure.network.flowLogs.createOrUpdate"],

  async read({ clients }, { target: { uid }, signal }) {
    const watcherId = watcherOf(uid);
    const log = await orGone(() =>
      clients.network.flowLogs.get(resourceGroupOf(watcherId), nameIn(watcherId), nameIn(uid), {
        abortSignal: signal,
      }),
    );
    return log && { log: logOf(log).log };
  },

  plan({ log }, { days: keptDays }, { uid, name }) {
    const { enabled, retentionPolicy } = FlowLogFields.parse(log);
    const verdict = judgeRetention({
      targetId: "",
      target: "virtual-network",
      storageId: null,
      workspaceId: null,
      enabled,
      retentionDays: retentionPolicy.enabled ? retentionPolicy.days : 0,
    });
    if (verdict.status === "pass")
      return { outcome: "nothing", reason: "The flow log is on, and keeps its records for long enough." };
    const keepsEnough =
      !retentionPolicy.enabled || retentionPolicy.days === 0 || retentionPolicy.days >= keptDays;
    const after: Fields = {
      ...log,
      enabled: true,
      ...(keepsEnough ? {} : { retentionPolicy: { enabled: true, days: keptDays } }),
    };
    return {
      outcome: "change",
      after: { log: after },
      calls: [put(watcherOf(uid), { name: nameIn(uid), log: after })],
      notes: [`${name} takes more space in its storage account.`],
    };
  },

  wayBack: ({ log }, _present, { uid }) => ({ calls: [put(watcherOf(uid), { name: nameIn(uid), log })] }),
});

const watcherOf = (logId: string): string => logId.replace(/\/flowLogs\/[^/]+$/i, "");

const put = (watcherId: string, { name, log }: Log): PlannedCall => ({
  id: `put-${name}`,
  api: "azure.network.flowLogs.createOrUpdate",
  input: { watcherId, name, log },
});

/** Names are unique below a watcher, where networks of several groups may be called the same. */
const nameOf = (network: string, uid: string): string =>
  `${network.slice(0, 60)}-${createHash("sha256").update(idKey(uid)).digest("hex").slice(0, 8)}-flow`;

/** The log without what is empty, in the spelling of ids that uids have. */
function logOf(answer: FlowLog): Log {
  const {
    tags,
    retentionPolicy: kept,
    format,
    flowAnalyticsConfiguration: analytics,
    enabledFilteringCriteria,
    recordTypes,
  } = answer;
  const fields = FlowLogFields.parse({
    location: regionOf(answer.location),
    ...(tags && Object.keys(tags).length ? { tags } : {}),
    targetResourceId: armId(answer.targetResourceId, "targetResourceId"),
    storageId: armId(answer.storageId, "storageId"),
    enabled: required(answer.enabled, "enabled"),
    retentionPolicy: { enabled: kept?.enabled ?? false, days: kept?.days ?? 0 },
    format: { type: format?.type ?? "JSON", version: format?.version ?? 2 },
    ...(enabledFilteringCriteria ? { enabledFilteringCriteria } : {}),
    ...(recordTypes ? { recordTypes } : {}),
    ...(analytics?.networkWatcherFlowAnalyticsConfiguration ? { flowAnalyticsConfiguration: analytics } : {}),
  });
  return { name: required(answer.name, "name"), log: JSON.parse(JSON.stringify(fields)) };
}
