import { z } from "zod";
import { canonicalJson } from "#lib/canonical-json.ts";
import { rule as connections } from "#lib/checks/gcp/cloudsql/postgres-log-connections.ts";
import { rule as disconnections } from "#lib/checks/gcp/cloudsql/postgres-log-disconnections.ts";
import { rule as errorVerbosity } from "#lib/checks/gcp/cloudsql/postgres-log-error-verbosity.ts";
import { rule as minDuration } from "#lib/checks/gcp/cloudsql/postgres-log-min-duration.ts";
import { rule as minErrorStatement } from "#lib/checks/gcp/cloudsql/postgres-log-min-error-statement.ts";
import { rule as minMessages } from "#lib/checks/gcp/cloudsql/postgres-log-min-messages.ts";
import { rule as statement } from "#lib/checks/gcp/cloudsql/postgres-log-statement.ts";
import { isAsWanted } from "#lib/checks/gcp/database-flags.ts";
import type { PlannedCall } from "../model.ts";
import { defineOperation } from "../operation.ts";
import { unlessMissing } from "./define-call.ts";
import { type Flag, flagsFrom } from "./sql-calls.ts";

/** All of the instance's flags, since they are replaced as a whole. */
type State = { databaseVersion: string; instanceType: string; flags: Flag[] };

/** None of these restarts the database. */
const rules = [
  connections,
  disconnections,
  errorVerbosity,
  minDuration,
  minErrorStatement,
  minMessages,
  statement,
];

export const logSessions = defineOperation<"gcp", State, Record<string, never>>({
  id: "gcp.cloudsql.log-sessions",
  cloud: "gcp",
  title: "Have PostgreSQL log who connects and what fails or is redefined",
  kinds: ["gcp.cloudsql.instance"],
  parameters: z.object({}),
  reads: ["cloudsql.instances.get"],
  calls: ["gcp.sqladmin.instances.patch"],

  async read(access, { target: { account: project, name: instance }, signal }) {
    const api = await access.clients.sqladmin();
    const found = await unlessMissing(() => api.instances.get({ project, instance }, { signal }));
    if (!found) return null;
    const { databaseVersion, instanceType, settings } = found.data;
    return {
      databaseVersion: databaseVersion ?? "",
      instanceType: instanceType ?? "",
      flags: flagsFrom(settings?.databaseFlags),
    };
  },

  plan(state, _parameters, target) {
    if (!state.databaseVersion.startsWith("POSTGRES_")) {
      return { outcome: "nothing", reason: "The instance isn't one of PostgreSQL." };
    }
    const valueOfFlag = (flag: string) => state.flags.find(({ name }) => name === flag)?.value;
    const wrong = rules.filter((rule) => !isAsWanted(rule, valueOfFlag(rule.flag)));
    if (wrong.length === 0)
      return { outcome: "nothing", reason: "The instance logs all that is wanted already." };
    const names = new Set(wrong.map(({ flag }) => flag));
    const after = {
      ...state,
      flags: flagsFrom([
        ...state.flags.filter(({ name }) => !names.has(name)),
        ...wrong.map(({ flag, wanted }) => ({ name: flag, value: wanted })),
      ]),
    };
    return {
      outcome: "change",
      after,
      calls: change(target, state, after),
      notes: [
        `Set without a restart: ${wrong.map(({ flag, wanted }) => `${flag}=${wanted}`).join(", ")}.`,
        "Cloud Logging charges for what the log then holds beyond its free share.",
      ],
    };
  },

  wayBack: (before, present, target) => ({ calls: change(target, present, before) }),
});

function change(
  { account: project, name: instance }: { account: string; name: string },
  { flags: from }: State,
  { flags: to }: State,
): PlannedCall[] {
  if (canonicalJson(from) === canonicalJson(to)) return [];
  return [{ id: "patch", api: "gcp.sqladmin.instances.patch", input: { project, instance, from, to } }];
}
