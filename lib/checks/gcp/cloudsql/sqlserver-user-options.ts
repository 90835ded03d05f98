import { type FlagRule, flagRemediation, judgeFlag } from "#lib/checks/gcp/database-flags.ts";
import { defineCheck } from "#lib/checks/model.ts";

const rule: FlagRule = {
  engine: "sqlserver",
  flag: "user options",
  default: "0",
  wanted: "0",
};

export const sqlserverUserOptions = defineCheck({
  id: "gcp.cloudsql.sqlserver-user-options",
  title: "Cloud SQL for SQL Server sets no user options for all sessions",
  severity: "low",
  resource: "gcp.cloudsql.instance",
  permissions: ["cloudsql.instances.list"],
  risk: "A default for every session changes how statements of all applications behave. Checks that rest on the usual settings then fail silently.",
  remediation: flagRemediation(
    rule,
    "Remove the flag user options, and set options in the sessions that need them.",
  ),
  evaluate: (instance) => judgeFlag(instance, rule),
});
