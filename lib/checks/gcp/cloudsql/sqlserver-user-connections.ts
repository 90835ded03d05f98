import { type FlagRule, flagRemediation, judgeFlag } from "#lib/checks/gcp/database-flags.ts";
import { defineCheck } from "#lib/checks/model.ts";

const rule: FlagRule = {
  engine: "sqlserver",
  flag: "user connections",
  default: "0",
  wanted: "0",
  allows: (value) => value === "0" || value === "32767",
};

export const sqlserverUserConnections = defineCheck({
  id: "gcp.cloudsql.sqlserver-user-connections",
  title: "Cloud SQL for SQL Server does not limit the number of connections",
  severity: "low",
  resource: "gcp.cloudsql.instance",
  permissions: ["cloudsql.instances.list"],
  risk: "At the limit the server turns everyone away, administrators included. An attacker only has to open that many connections.",
  remediation: flagRemediation(rule, "Set user connections to 0, which lets the server decide."),
  evaluate: (instance) => judgeFlag(instance, rule),
});
