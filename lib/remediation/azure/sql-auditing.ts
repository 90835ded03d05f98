import { z } from "zod";
import { required } from "#lib/inventory/answers.ts";
import { resourceGroupOf } from "#lib/inventory/azure/arm.ts";
import type { PlannedCall } from "../model.ts";
import { defineOperation } from "../operation.ts";
import { armUrl, azRest, defineAzureCall, nameIn, orGone, updateIntervalInMs } from "./azure-call.ts";

/** What Azure audits when nothing else is said: who signed in, who tried to, and what was run. */
const usualGroups = [
  "BATCH_COMPLETED_GROUP",
  "FAILED_DATABASE_AUTHENTICATION_GROUP",
  "SUCCESSFUL_DATABASE_AUTHENTICATION_GROUP",
];

const Auditing = z.object({
  enabled: z.boolean(),
  /** Whether records go to Azure Monitor, and on by the diagnostic settings of `master`. */
  monitor: z.boolean(),
  groups: z.array(z.string()),
});

/** While auditing is off, nothing else of it counts. */
type State = z.infer<typeof Auditing> & { storage: string | null };

const policyOf = ({ enabled, monitor, groups }: z.infer<typeof Auditing>) =>
  enabled
    ? { state: "Enabled" as const, isAzureMonitorTargetEnabled: monitor, auditActionsAndGroups: groups }
    : { state: "Disabled" as const, isAzureMonitorTargetEnabled: false };

export const sqlAuditingCalls = [
  defineAzureCall({
    api: "azure.sql.serverBlobAuditingPolicies.createOrUpdate",
    input: Auditing.extend({ serverId: z.string().min(1).max(500) }),
    permissions: ["Microsoft.Sql/servers/auditingSettings/write"],
    async send({ clients }, { serverId, ...auditing }, { signal }) {
      await clients.sql.serverBlobAuditingPolicies.beginCreateOrUpdateAndWait(
        resourceGroupOf(serverId),
        nameIn(serverId),
        policyOf(auditing),
        { abortSignal: signal, updateIntervalInMs },
      );
      return null;
    },
    command: ({ serverId, ...auditing }) =>
      azRest("put", armUrl(`${serverId}/auditingSettings/default`, "2023-08-01"), {
        properties: policyOf(auditing),
      }),
  }),
];

export const auditSqlServer = defineOperation<"azure", State, Record<string, never>>({
  id: "azure.sql.audit-server",
  cloud: "azure",
  title: "Switch the SQL server's auditing on, to Azure Monitor",
  kinds: ["azure.sql.server"],
  parameters: z.object({}),
  reads: ["Microsoft.Sql/servers/auditingSettings/read"],
  calls: ["azure.sql.serverBlobAuditingPolicies.createOrUpdate"],

  async read({ clients }, { target, signal }) {
    const policy = await orGone(() =>
      clients.sql.serverBlobAuditingPolicies.get(resourceGroupOf(target.uid), nameIn(target.uid), {
        abortSignal: signal,
      }),
    );
    if (!policy) return null;
    const enabled = required(policy.state, "state") === "Enabled";
    return {
      enabled,
      monitor: enabled && policy.isAzureMonitorTargetEnabled === true,
      groups: enabled ? [...(policy.auditActionsAndGroups ?? [])].sort() : [],
      storage: policy.storageEndpoint || null,
    };
  },

  plan({ enabled, monitor, groups, storage }, _parameters, target) {
    if (enabled && (monitor || storage))
      return { outcome: "nothing", reason: "The server's auditing is on already." };
    if (storage) {
      return {
        outcome: "refused",
        reason: `Auditing was set up for ${storage}, whose key Parapet doesn't know and couldn't put back. Switch it on in the portal.`,
      };
    }
    const after = { enabled: true, monitor: true, groups: groups.length ? groups : usualGroups };
    return {
      outcome: "change",
      after: { ...after, storage },
      calls: [set(target.uid, after)],
      notes: ["Who signs in and what is run is recorded from then on, in all databases of the server."],
    };
  },

  wayBack: ({ storage: _, ...auditing }, _present, target) => ({ calls: [set(target.uid, auditing)] }),
});

const set = (serverId: string, auditing: z.infer<typeof Auditing>): PlannedCall => ({
  id: "set",
  api: "azure.sql.serverBlobAuditingPolicies.createOrUpdate",
  input: { serverId, ...auditing },
});
