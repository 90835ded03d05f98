import { type FlagRule, flagRemediation, judgeFlag } from "#lib/checks/gcp/database-flags.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const rule: FlagRule = {
  engine: "postgres",
  flag: "log_error_verbosity",
  default: "default",
  wanted: "default",
  allows: (value) => value === "default" || value === "verbose",
};

export const postgresLogErrorVerbosity = defineCheck({
  id: "gcp.cloudsql.postgres-log-error-verbosity",
  title: "Cloud SQL for PostgreSQL logs errors in full",
  severity: "low",
  resource: "gcp.cloudsql.instance",
  permissions: ["cloudsql.instances.list"],
  risk: "Terse messages leave out the statement and the context of an error. After an attack those are what tells what was tried.",
  remediation: flagRemediation(rule, "Set log_error_verbosity to default."),
  evaluate: (instance) => judgeFlag(instance, rule),
});
