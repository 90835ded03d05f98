import { z } from "zod";
import { judgeOn } from "#lib/checks/azure/server-parameters.ts";
import type { AzureAccess } from "#lib/clouds/access.ts";
import { required } from "#lib/inventory/answers.ts";
import { resourceGroupOf } from "#lib/inventory/azure/arm.ts";
import type { Kind } from "#lib/inventory/model.ts";
import type { PlannedCall } from "../model.ts";
import { defineOperation } from "../operation.ts";
import { nameIn, orGone } from "./azure-call.ts";

type Parameter = { value: string; source: string };
/** The parameters that say what is logged, by name. */
type State = { parameters: { [name: string]: Parameter } };

type Engine = {
  id: string;
  title: string;
  kind: Kind;
  type: string;
  api: string;
  configurations(access: AzureAccess): {
    get(
      group: string,
      server: string,
      name: string,
      options: { abortSignal: AbortSignal },
    ): Promise<{ value?: string; source?: string }>;
  };
  /** What each parameter has to be, given what it is; the same where it will do. */
  wanted: Readonly<Record<string, (value: string) => string>>;
  nothing: string;
  note: string;
};

const logDatabase = ({ id, title, kind, type, api, configurations, wanted, nothing, note }: Engine) => {
  const set = (serverId: string, name: string, parameter: Parameter): PlannedCall => ({
    id: `set-${name.replaceAll(".", "-")}`,
    api,
    input: { serverId, name, ...parameter },
  });
  return defineOperation<"azure", State, Record<string, never>>({
    id,
    cloud: "azure",
    title,
    kinds: [kind],
    parameters: z.object({}),
    reads: [`${type}/configurations/read`],
    calls: [api],

    async read(access, { target, signal }) {
      return orGone(async () => {
        const parameters: State["parameters"] = {};
        for (const name of Object.keys(wanted)) {
          const { value, source } = await configurations(access).get(
            resourceGroupOf(target.uid),
            nameIn(target.uid),
            name,
            { abortSignal: signal },
          );
          parameters[name] = { value: required(value, name), source: required(source, `${name}.source`) };
        }
        return { parameters };
      });
    },

    plan({ parameters }, _parameters, target) {
      const changed = Object.entries(parameters).flatMap(([name, { value }]) => {
        const next = wanted[name]?.(value) ?? value;
        return next === value ? [] : [{ name, parameter: { value: next, source: "user-override" } }];
      });
      if (!changed.length) return { outcome: "nothing", reason: nothing };
      return {
        outcome: "change",
        after: {
          parameters: {
            ...parameters,
            ...Object.fromEntries(changed.map(({ name, parameter }) => [name, parameter])),
          },
        },
        calls: changed.map(({ name, parameter }) => set(target.uid, name, parameter)),
        notes: [note],
      };
    },

    wayBack: (before, present, target) => ({
      calls: Object.entries(before.parameters)
        .filter(([name, { value, source }]) => {
          const now = present.parameters[name];
          return now?.value !== value || now.source !== source;
        })
        .map(([name, parameter]) => set(target.uid, name, parameter)),
    }),
  });
};

const on =
  (name: string, word: string) =>
  (value: string): string =>
    judgeOn({ parameters: { [name]: value } }, name).status === "pass" ? value : word;

export const logPostgres = logDatabase({
  id: "azure.postgresql.log-sessions",
  title: "Have the PostgreSQL server log sessions and checkpoints",
  kind: "azure.postgresql.server",
  type: "Microsoft.DBforPostgreSQL/flexibleServers",
  api: "azure.postgresql.configurations.update",
  configurations: ({ clients }) => clients.postgresql.configurations,
  wanted: {
    log_checkpoints: on("log_checkpoints", "on"),
    log_connections: on("log_connections", "on"),
    log_disconnections: on("log_disconnections", "on"),
    // The most that Azure takes.
    "logfiles.retention_days": (value) => (Number(value) > 3 ? value : "7"),
  },
  nothing: "The server logs sessions and checkpoints already.",
  note: "The parameters take effect without a restart.",
});

export const auditMysql = logDatabase({
  id: "azure.mysql.audit-connections",
  title: "Have the MySQL server write an audit log of connections",
  kind: "azure.mysql.server",
  type: "Microsoft.DBforMySQL/flexibleServers",
  api: "azure.mysql.configurations.update",
  configurations: ({ clients }) => clients.mysql.configurations,
  wanted: {
    audit_log_enabled: on("audit_log_enabled", "ON"),
    audit_log_events: (value) => {
      const events = value
        .split(",")
        .map((event) => event.trim())
        .filter(Boolean);
      return events.some((event) => /^CONNECTION(_V2)?$/i.test(event))
        ? value
        : [...events, "CONNECTION"].join(",");
    },
  },
  nothing: "The server's audit log holds connections already.",
  note: "The parameters take effect without a restart; send the log on by a diagnostic setting to keep it.",
});
