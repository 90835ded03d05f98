import { logAlertRemediation } from "#lib/checks/gcp/log-alert-filters.ts";
import { judgeLogAlert, logAlertContext, logAlertPermissions } from "#lib/checks/gcp/log-alerts.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const alertRouteChanges = defineCheck({
  id: "gcp.logging.alert-route-changes",
  title: "A change of routes raises an alert",
  severity: "low",
  resource: "gcp.resourcemanager.project",
  context: logAlertContext,
  permissions: logAlertPermissions,
  risk: "A route can lead traffic past the firewall, or through a machine that reads it. Routes are rarely changed, so each change is worth a look.",
  remediation: logAlertRemediation("route"),
  evaluate: (_project, input) => judgeLogAlert("route", "changes of routes", input),
});
