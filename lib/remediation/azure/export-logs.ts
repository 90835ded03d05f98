import { z } from "zod";
import { canonicalJson } from "#lib/canonical-json.ts";
import { diagnosticSettingsPermission, sendsCategory } from "#lib/checks/azure/diagnostic-settings.ts";
import { allOf } from "#lib/inventory/azure/arm-list.ts";
import { diagnosticSettingsVersion, toSetting } from "#lib/inventory/azure/diagnostic-settings.ts";
import type { DiagnosticSetting } from "#lib/inventory/azure/monitor.kinds.ts";
import type { Kind } from "#lib/inventory/model.ts";
import type { Json, PlannedCall, Target } from "../model.ts";
import { defineOperation } from "../operation.ts";
import { orGone } from "./azure-call.ts";
import { DiagnosticProperties } from "./diagnostic-calls.ts";

type Setting = { name: string; properties: { [field: string]: Json } };
/** All diagnostic settings of what is logged, by name, each as a PUT takes it. */
type State = { settings: Setting[] };

/** The field of a setting for a destination, by the type in the destination's ARM id. */
const destinations = {
  "microsoft.operationalinsights/workspaces": "workspaceId",
  "microsoft.storage/storageaccounts": "storageAccountId",
} as const;
const destinationShape =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/(Microsoft\.OperationalInsights\/workspaces|Microsoft\.Storage\/storageAccounts)\/[^/]+$/i;

const Parameters = z.object({
  destination: z
    .string()
    .regex(destinationShape, "The ARM id of a Log Analytics workspace or of a storage account.")
    .nullable(),
});

/** Azure takes no more for one resource. */
const maxSettings = 5;

type Kinds = {
  id: string;
  title: string;
  kind: Kind;
  /** What is logged. */
  resourceIdOf(target: Target): string;
  /** Logs that have to be sent, with the groups that hold them besides `allLogs`. */
  wanted: readonly { category: string; groups: readonly string[]; send: { [field: string]: string } }[];
  nothing: string;
};

/** Adds a diagnostic setting of Parapet's own for the logs that no other one sends; others stay as they are. */
const exportLogs = ({ id, title, kind, resourceIdOf, wanted, nothing }: Kinds) =>
  defineOperation<"azure", State, z.output<typeof Parameters>>({
    id,
    cloud: "azure",
    title,
    kinds: [kind],
    parameters: Parameters,
    reads: [diagnosticSettingsPermission],
    calls: ["azure.monitor.diagnosticSettings.createOrUpdate", "azure.monitor.diagnosticSettings.delete"],

    async read({ clients }, { target, signal }) {
      const path = `${resourceIdOf(target)}/providers/Microsoft.Insights/diagnosticSettings`;
      const options = { apiVersion: diagnosticSettingsVersion, signal };
      const found = await orGone(() => allOf(clients.monitorReader.list(path, options)));
      return found && { settings: found.map(settingOf).sort((a, b) => (a.name < b.name ? -1 : 1)) };
    },

    plan({ settings }, { destination }, target) {
      const own = settings.find(({ name }) => name.toLowerCase() === ownName);
      const others = settings.filter((setting) => setting !== own).map(judged);
      const missing = wanted.filter(
        ({ category, groups }) => !others.some((setting) => sendsCategory(setting, category, groups)),
      );
      if (missing.every(({ category, groups }) => own && sendsCategory(judged(own), category, groups)))
        return { outcome: "nothing", reason: nothing };
      if (!own && settings.length >= maxSettings) {
        return {
          outcome: "refused",
          reason: `There are ${settings.length} diagnostic settings already, and Azure takes no more than ${maxSettings}. Widen one of them, or delete one.`,
        };
      }
      if (destination === null)
        return { outcome: "refused", reason: "The plan doesn't say where the logs are to go." };
      const type = Object.entries(destinations).find(([word]) => destination.toLowerCase().includes(word));
      if (!type) return { outcome: "refused", reason: "Logs can't be sent to such a destination." };
      const made: Setting = {
        name: own?.name ?? ownName,
        properties: {
          [type[1]]: destination,
          logs: missing.map(({ send }) => ({ ...send, enabled: true })),
          metrics: [],
        },
      };
      return {
        outcome: "change",
        after: {
          settings: [...settings.filter((setting) => setting !== own), made].sort((a, b) =>
            a.name < b.name ? -1 : 1,
          ),
        },
        calls: [put(resourceIdOf(target), made)],
        notes: [`Logs go to ${destination}, which bills for what it takes in.`],
      };
    },

    wayBack(before, present, target) {
      const resourceId = resourceIdOf(target);
      const found = new Map(present.settings.map((setting) => [setting.name, canonicalJson(setting)]));
      const names = new Set(before.settings.map(({ name }) => name));
      return {
        calls: [
          ...before.settings
            .filter((setting) => found.get(setting.name) !== canonicalJson(setting))
            .map((setting) => put(resourceId, setting)),
          ...[...found.keys()]
            .filter((name) => !names.has(name))
            .map(
              (name): PlannedCall => ({
                id: `delete-${name}`,
                api: "azure.monitor.diagnosticSettings.delete",
                input: { resourceId, name },
              }),
            ),
        ],
      };
    },
  });

const ownName = "parapet";

const judged = (setting: Setting): DiagnosticSetting => toSetting(setting);

const put = (resourceId: string, { name, properties }: Setting): PlannedCall => ({
  id: `put-${name}`,
  api: "azure.monitor.diagnosticSettings.createOrUpdate",
  input: { resourceId, name, properties },
});

/** A setting without what is empty, or says of retention that there is none: Azure fills that in by itself. */
function settingOf(answer: Readonly<Record<string, unknown>>): Setting {
  const given: Record<string, unknown> = { ...Object(answer.properties) };
  const withoutNull = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== null && value !== ""),
  );
  const { logs, metrics, ...rest } = DiagnosticProperties.parse({
    ...withoutNull,
    logs: entriesIn(given.logs),
    metrics: entriesIn(given.metrics),
  });
  return { name: String(answer.name), properties: JSON.parse(JSON.stringify({ ...rest, logs, metrics })) };
}

const entriesIn = (value: unknown): object[] =>
  (Array.isArray(value) ? value : [])
    .map((entry: unknown) => {
      const { retentionPolicy, ...rest } = Object(entry);
      const kept = Object.entries(rest).filter(([, each]) => each !== null);
      return { ...Object.fromEntries(kept), ...(retentionPolicy?.enabled ? { retentionPolicy } : {}) };
    })
    .sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));

export const exportActivityLog = exportLogs({
  id: "azure.monitor.export-activity-log",
  title: "Send the subscription's activity log to where it is kept",
  kind: "azure.monitor.subscription",
  resourceIdOf: ({ account }) => `/subscriptions/${account}`,
  wanted: ["Administrative", "Alert", "Policy", "Security"].map((category) => ({
    category,
    groups: [],
    send: { category },
  })),
  nothing: "The activity log's categories that matter are sent already.",
});

export const logVault = exportLogs({
  id: "azure.monitor.log-vault",
  title: "Send the key vault's audit logs to where they are kept",
  kind: "azure.keyvault.vault",
  resourceIdOf: ({ uid }) => uid,
  wanted: [{ category: "AuditEvent", groups: ["audit"], send: { categoryGroup: "audit" } }],
  nothing: "The vault's audit logs are sent already.",
});

export const logDatabricks = exportLogs({
  id: "azure.databricks.log-workspace",
  title: "Send the Databricks workspace's logs to where they are kept",
  kind: "azure.databricks.workspace",
  resourceIdOf: ({ uid }) => uid,
  wanted: [{ category: "accounts", groups: [], send: { categoryGroup: "allLogs" } }],
  nothing: "The workspace's logs are sent already.",
});

/** What a server audits of all its databases is sent on by the settings of `master`. */
export const logSqlServer = exportLogs({
  id: "azure.sql.log-audit",
  title: "Send the SQL server's audit records to where they are kept",
  kind: "azure.sql.server",
  resourceIdOf: ({ uid }) => `${uid}/databases/master`,
  wanted: [
    { category: "SQLSecurityAuditEvents", groups: ["audit"], send: { category: "SQLSecurityAuditEvents" } },
  ],
  nothing: "The server's audit records are sent already.",
});
