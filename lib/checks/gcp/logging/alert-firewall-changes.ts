import { logAlertRemediation } from "#lib/checks/gcp/log-alert-filters.ts";
import { judgeLogAlert, logAlertContext, logAlertPermissions } from "#lib/checks/gcp/log-alerts.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const alertFirewallChanges = defineCheck({
  id: "gcp.logging.alert-firewall-changes",
  title: "A change of firewall rules raises an alert",
  severity: "low",
  resource: "gcp.resourcemanager.project",
  context: logAlertContext,
  permissions: logAlertPermissions,
  risk: "One new rule can open machines to the internet that were closed for years. Bots find such openings within the hour.",
  remediation: logAlertRemediation("firewall"),
  evaluate: (_project, input) => judgeLogAlert("firewall", "changes of firewall rules", input),
});
