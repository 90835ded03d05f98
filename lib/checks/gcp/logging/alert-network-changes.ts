import { logAlertRemediation } from "#lib/checks/gcp/log-alert-filters.ts";
import { judgeLogAlert, logAlertContext, logAlertPermissions } from "#lib/checks/gcp/log-alerts.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const alertNetworkChanges = defineCheck({
  id: "gcp.logging.alert-network-changes",
  title: "A change of VPC networks raises an alert",
  severity: "low",
  resource: "gcp.resourcemanager.project",
  context: logAlertContext,
  permissions: logAlertPermissions,
  risk: "A new network or peering can connect what was kept apart. Networks are rarely changed, so each change is worth a look.",
  remediation: logAlertRemediation("network"),
  evaluate: (_project, input) => judgeLogAlert("network", "changes of VPC networks", input),
});
