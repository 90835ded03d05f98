import { logAlertRemediation } from "#lib/checks/gcp/log-alert-filters.ts";
import { judgeLogAlert, logAlertContext, logAlertPermissions } from "#lib/checks/gcp/log-alerts.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const alertSqlInstanceChanges = defineCheck({
  id: "gcp.logging.alert-sql-instance-changes",
  title: "A change of Cloud SQL instances raises an alert",
  severity: "low",
  resource: "gcp.resourcemanager.project",
  context: logAlertContext,
  permissions: logAlertPermissions,
  risk: "An update can give a database a public address, drop its backups or let it take unencrypted connections. Nothing else tells of it.",
  remediation: logAlertRemediation("sql-instance"),
  evaluate: (_project, input) => judgeLogAlert("sql-instance", "changes of Cloud SQL instances", input),
});
