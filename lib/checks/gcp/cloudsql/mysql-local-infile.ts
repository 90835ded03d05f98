import { type FlagRule, flagRemediation, judgeFlag } from "#lib/checks/gcp/database-flags.ts";
import { defineCheck } from "#lib/checks/model.ts";

const rule: FlagRule = {
  engine: "mysql",
  flag: "local_infile",
  default: "on",
  wanted: "off",
};

export const mysqlLocalInfile = defineCheck({
  id: "gcp.cloudsql.mysql-local-infile",
  title: "Cloud SQL for MySQL refuses to load files from clients",
  severity: "medium",
  resource: "gcp.cloudsql.instance",
  permissions: ["cloudsql.instances.list"],
  risk: "LOAD DATA LOCAL lets statements read files of the client's machine. A hole in an application then reads what lies on its disk.",
  remediation: flagRemediation(rule, "Set local_infile to off."),
  evaluate: (instance) => judgeFlag(instance, rule),
});
