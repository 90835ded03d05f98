import { logAlertRemediation } from "#lib/checks/gcp/log-alert-filters.ts";
import { judgeLogAlert, logAlertContext, logAlertPermissions } from "#lib/checks/gcp/log-alerts.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const alertAuditConfigChanges = defineCheck({
  id: "gcp.logging.alert-audit-config-changes",
  title: "A change of audit logging raises an alert",
  severity: "medium",
  resource: "gcp.resourcemanager.project",
  context: logAlertContext,
  permissions: logAlertPermissions,
  risk: "Whoever wants to go unseen turns logging off first, or exempts an account from it. The alert may be the last that the logs tell.",
  remediation: logAlertRemediation("audit-config"),
  evaluate: (_project, input) => judgeLogAlert("audit-config", "changes of the audit configuration", input),
});
