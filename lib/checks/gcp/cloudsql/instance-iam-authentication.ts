import { type FlagRule, flagRemediation, judgeFlag } from "#lib/checks/gcp/database-flags.ts";
import { defineCheck } from "#lib/checks/model.ts";

const mysql: FlagRule = {
  engine: "mysql",
  flag: "cloudsql_iam_authentication",
  default: "off",
  wanted: "on",
};
const postgres: FlagRule = { ...mysql, engine: "postgres", flag: "cloudsql.iam_authentication" };

export const instanceIamAuthentication = defineCheck({
  id: "gcp.cloudsql.instance-iam-authentication",
  title: "Cloud SQL instance lets users sign in by IAM",
  severity: "low",
  resource: "gcp.cloudsql.instance",
  permissions: ["cloudsql.instances.list"],
  risk: "Passwords of database users are shared, written down and never changed. With IAM, access ends with the account, and each login has a person's name.",
  remediation: flagRemediation(
    postgres,
    "Set cloudsql.iam_authentication to on for PostgreSQL, or cloudsql_iam_authentication for MySQL, and add users of type IAM.",
  ),
  // SQL Server has no such flag: its users sign in by Active Directory or Entra ID.
  evaluate: (instance) => judgeFlag(instance, instance.engine === "mysql" ? mysql : postgres),
});
