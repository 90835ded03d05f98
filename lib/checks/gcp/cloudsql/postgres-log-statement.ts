import { type FlagRule, flagRemediation, judgeFlag } from "#lib/checks/gcp/database-flags.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const rule: FlagRule = {
  engine: "postgres",
  flag: "log_statement",
  default: "none",
  wanted: "ddl",
  allows: (value) => ["ddl", "mod", "all"].includes(value),
};

export const postgresLogStatement = defineCheck({
  id: "gcp.cloudsql.postgres-log-statement",
  title: "Cloud SQL for PostgreSQL logs changes of definitions",
  severity: "low",
  resource: "gcp.cloudsql.instance",
  permissions: ["cloudsql.instances.list"],
  risk: "Tables that were dropped and rights that were granted leave no trace in the log. Nobody can tell afterwards who did it.",
  remediation: flagRemediation(
    rule,
    "Set log_statement to ddl, or to mod where changes of data are to be logged too.",
  ),
  evaluate: (instance) => judgeFlag(instance, rule),
});
