import { type FlagRule, flagRemediation, judgeFlag } from "#lib/checks/gcp/database-flags.ts";
import { defineCheck } from "#lib/checks/model.ts";

const rule: FlagRule = {
  engine: "sqlserver",
  flag: "remote access",
  default: "on",
  wanted: "off",
};

export const sqlserverRemoteAccess = defineCheck({
  id: "gcp.cloudsql.sqlserver-remote-access",
  title: "Cloud SQL for SQL Server runs no stored procedures for other servers",
  severity: "medium",
  resource: "gcp.cloudsql.instance",
  permissions: ["cloudsql.instances.list"],
  risk: "With remote access, other servers run stored procedures on this one and this one on others. That serves to move on, and to flood.",
  remediation: flagRemediation(rule, "Set remote access to off."),
  evaluate: (instance) => judgeFlag(instance, rule),
});
