import { type FlagRule, flagRemediation, judgeFlag } from "#lib/checks/gcp/database-flags.ts";
import { defineCheck } from "#lib/checks/model.ts";

const rule: FlagRule = {
  engine: "sqlserver",
  flag: "external scripts enabled",
  default: "off",
  wanted: "off",
};

export const sqlserverExternalScripts = defineCheck({
  id: "gcp.cloudsql.sqlserver-external-scripts",
  title: "Cloud SQL for SQL Server runs no external scripts",
  severity: "medium",
  resource: "gcp.cloudsql.instance",
  permissions: ["cloudsql.instances.list"],
  risk: "External scripts run R and Python on the server. Whoever gets a statement in then gets code in.",
  remediation: flagRemediation(rule, "Set external scripts enabled to off."),
  evaluate: (instance) => judgeFlag(instance, rule),
});
