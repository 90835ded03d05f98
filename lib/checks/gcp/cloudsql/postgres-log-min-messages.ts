import { type FlagRule, flagRemediation, judgeFlag } from "#lib/checks/gcp/database-flags.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const rule: FlagRule = {
  engine: "postgres",
  flag: "log_min_messages",
  default: "warning",
  wanted: "warning",
  allows: (value) => value === "warning" || value === "error",
};

export const postgresLogMinMessages = defineCheck({
  id: "gcp.cloudsql.postgres-log-min-messages",
  title: "Cloud SQL for PostgreSQL logs warnings and errors, and no chatter",
  severity: "low",
  resource: "gcp.cloudsql.instance",
  permissions: ["cloudsql.instances.list"],
  risk: "Below warnings the log fills with noise that hides attacks; above errors it keeps silent about them.",
  remediation: flagRemediation(rule, "Set log_min_messages to warning."),
  evaluate: (instance) => judgeFlag(instance, rule),
});
