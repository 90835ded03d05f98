import { type FlagRule, flagRemediation, judgeFlag } from "#lib/checks/gcp/database-flags.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const rule: FlagRule = {
  engine: "postgres",
  flag: "log_disconnections",
  default: "off",
  wanted: "on",
};

export const postgresLogDisconnections = defineCheck({
  id: "gcp.cloudsql.postgres-log-disconnections",
  title: "Cloud SQL for PostgreSQL logs the end of connections",
  severity: "low",
  resource: "gcp.cloudsql.instance",
  permissions: ["cloudsql.instances.list"],
  risk: "Without the end of a session its length is unknown. Long sessions at odd hours are how data leaves.",
  remediation: flagRemediation(rule, "Set log_disconnections to on."),
  evaluate: (instance) => judgeFlag(instance, rule),
});
