import { type FlagRule, flagRemediation, judgeFlag } from "#lib/checks/gcp/database-flags.ts";
import { defineCheck } from "#lib/checks/model.ts";

const rule: FlagRule = {
  engine: "postgres",
  flag: "cloudsql.enable_pgaudit",
  default: "off",
  wanted: "on",
};

export const postgresPgaudit = defineCheck({
  id: "gcp.cloudsql.postgres-pgaudit",
  title: "Cloud SQL for PostgreSQL keeps an audit log (pgAudit)",
  severity: "medium",
  resource: "gcp.cloudsql.instance",
  permissions: ["cloudsql.instances.list"],
  risk: "Without pgAudit nobody can tell who read or changed which table. After a breach that means assuming the worst.",
  remediation: flagRemediation(
    rule,
    "Set cloudsql.enable_pgaudit to on, then run CREATE EXTENSION pgaudit and set pgaudit.log.",
  ),
  evaluate: (instance) => judgeFlag(instance, rule),
});
