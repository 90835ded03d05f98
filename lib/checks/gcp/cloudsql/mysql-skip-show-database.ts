import { type FlagRule, flagRemediation, judgeFlag } from "#lib/checks/gcp/database-flags.ts";
import { defineCheck } from "#lib/checks/model.ts";

const rule: FlagRule = {
  engine: "mysql",
  flag: "skip_show_database",
  default: "off",
  wanted: "on",
};

export const mysqlSkipShowDatabase = defineCheck({
  id: "gcp.cloudsql.mysql-skip-show-database",
  title: "Cloud SQL for MySQL hides databases from users without rights",
  severity: "low",
  resource: "gcp.cloudsql.instance",
  permissions: ["cloudsql.instances.list"],
  risk: "Anyone with a login can list the names of all databases. Names tell an intruder where to go next.",
  remediation: flagRemediation(rule, "Set skip_show_database to on."),
  evaluate: (instance) => judgeFlag(instance, rule),
});
