import { type FlagRule, flagRemediation, judgeFlag } from "#lib/checks/gcp/database-flags.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const rule: FlagRule = {
  engine: "postgres",
  flag: "log_min_duration_statement",
  default: "-1",
  wanted: "-1",
};

export const postgresLogMinDuration = defineCheck({
  id: "gcp.cloudsql.postgres-log-min-duration",
  title: "Cloud SQL for PostgreSQL logs no statements for being slow",
  severity: "low",
  resource: "gcp.cloudsql.instance",
  permissions: ["cloudsql.instances.list"],
  risk: "Slow statements are logged with their values, so personal data and secrets end up in the log. More people read logs than tables.",
  remediation: flagRemediation(rule, "Set log_min_duration_statement to -1."),
  evaluate: (instance) => judgeFlag(instance, rule),
});
