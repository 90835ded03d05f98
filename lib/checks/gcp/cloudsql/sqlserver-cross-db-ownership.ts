import { type FlagRule, flagRemediation, judgeFlag } from "#lib/checks/gcp/database-flags.ts";
import { defineCheck } from "#lib/checks/model.ts";

const rule: FlagRule = {
  engine: "sqlserver",
  flag: "cross db ownership chaining",
  default: "off",
  wanted: "off",
};

export const sqlserverCrossDbOwnership = defineCheck({
  id: "gcp.cloudsql.sqlserver-cross-db-ownership",
  title: "Cloud SQL for SQL Server does not chain ownership across databases",
  severity: "medium",
  resource: "gcp.cloudsql.instance",
  permissions: ["cloudsql.instances.list"],
  risk: "With chaining, rights in one database reach into every other of the same owner. One weak application opens them all.",
  remediation: flagRemediation(
    rule,
    "Set cross db ownership chaining to off, and grant rights where they are needed.",
  ),
  evaluate: (instance) => judgeFlag(instance, rule),
});
