import { type FlagRule, flagRemediation, judgeFlag } from "#lib/checks/gcp/database-flags.ts";
import { defineCheck } from "#lib/checks/model.ts";

const rule: FlagRule = {
  engine: "sqlserver",
  flag: "3625",
  default: "off",
  wanted: "on",
};

export const sqlserverTraceFlag3625 = defineCheck({
  id: "gcp.cloudsql.sqlserver-trace-flag-3625",
  title: "Cloud SQL for SQL Server masks details in error messages (3625)",
  severity: "low",
  resource: "gcp.cloudsql.instance",
  permissions: ["cloudsql.instances.list"],
  risk: "Error messages show names and values to whoever provokes them. Piece by piece they tell an intruder what the database holds.",
  remediation: flagRemediation(rule, "Set 3625 to on."),
  evaluate: (instance) => judgeFlag(instance, rule),
});
