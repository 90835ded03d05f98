import { type FlagRule, flagRemediation, judgeFlag } from "#lib/checks/gcp/database-flags.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const rule: FlagRule = {
  engine: "postgres",
  flag: "log_min_error_statement",
  default: "error",
  wanted: "error",
};

export const postgresLogMinErrorStatement = defineCheck({
  id: "gcp.cloudsql.postgres-log-min-error-statement",
  title: "Cloud SQL for PostgreSQL logs the statements behind errors",
  severity: "low",
  resource: "gcp.cloudsql.instance",
  permissions: ["cloudsql.instances.list"],
  risk: "The statement that failed shows what an attacker tried. A stricter level leaves it out, and a looser one buries it.",
  remediation: flagRemediation(rule, "Set log_min_error_statement to error."),
  evaluate: (instance) => judgeFlag(instance, rule),
});
