import { logAlertRemediation } from "#lib/checks/gcp/log-alert-filters.ts";
import { judgeLogAlert, logAlertContext, logAlertPermissions } from "#lib/checks/gcp/log-alerts.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const alertOwnershipChanges = defineCheck({
  id: "gcp.logging.alert-ownership-changes",
  title: "A change of project owners raises an alert",
  severity: "medium",
  resource: "gcp.resourcemanager.project",
  context: logAlertContext,
  permissions: logAlertPermissions,
  risk: "An owner may do anything, and a new one is how an intruder stays. Nobody notices in time unless somebody is told.",
  remediation: logAlertRemediation("ownership"),
  evaluate: (_project, input) => judgeLogAlert("ownership", "changes of project ownership", input),
});
