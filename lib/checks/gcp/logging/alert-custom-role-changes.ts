import { logAlertRemediation } from "#lib/checks/gcp/log-alert-filters.ts";
import { judgeLogAlert, logAlertContext, logAlertPermissions } from "#lib/checks/gcp/log-alerts.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const alertCustomRoleChanges = defineCheck({
  id: "gcp.logging.alert-custom-role-changes",
  title: "A change of custom roles raises an alert",
  severity: "low",
  resource: "gcp.resourcemanager.project",
  context: logAlertContext,
  permissions: logAlertPermissions,
  risk: "A permission added to a role reaches everybody who has it, and no grant changes. That is an easy way to more power without being seen.",
  remediation: logAlertRemediation("custom-role"),
  evaluate: (_project, input) => judgeLogAlert("custom-role", "changes of custom roles", input),
});
