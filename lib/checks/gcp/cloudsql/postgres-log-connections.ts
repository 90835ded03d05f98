import { type FlagRule, flagRemediation, judgeFlag } from "#lib/checks/gcp/database-flags.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const rule: FlagRule = {
  engine: "postgres",
  flag: "log_connections",
  default: "off",
  wanted: "on",
  allows: (value) => value !== "off" && value !== "",
};

export const postgresLogConnections = defineCheck({
  id: "gcp.cloudsql.postgres-log-connections",
  title: "Cloud SQL for PostgreSQL logs connections",
  severity: "low",
  resource: "gcp.cloudsql.instance",
  permissions: ["cloudsql.instances.list"],
  risk: "Without a record of connections, guessed passwords and logins from strange places leave no trace.",
  remediation: flagRemediation(rule, "Set log_connections to on."),
  evaluate: (instance) => judgeFlag(instance, rule),
});
