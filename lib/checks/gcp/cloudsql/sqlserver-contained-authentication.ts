import { type FlagRule, flagRemediation, judgeFlag } from "#lib/checks/gcp/database-flags.ts";
import { defineCheck } from "#lib/checks/model.ts";

const rule: FlagRule = {
  engine: "sqlserver",
  flag: "contained database authentication",
  default: "off",
  wanted: "off",
};

export const sqlserverContainedAuthentication = defineCheck({
  id: "gcp.cloudsql.sqlserver-contained-authentication",
  title: "Cloud SQL for SQL Server takes no logins kept in databases",
  severity: "medium",
  resource: "gcp.cloudsql.instance",
  permissions: ["cloudsql.instances.list"],
  risk: "Logins that live in a database escape the server's rules for logins, and its administrators. Whoever owns the database lets in whom they like.",
  remediation: flagRemediation(rule, "Set contained database authentication to off."),
  evaluate: (instance) => judgeFlag(instance, rule),
});
