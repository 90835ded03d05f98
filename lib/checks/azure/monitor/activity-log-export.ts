import {
  diagnosticSettingsPermission,
  sendsLogs,
  whyNothingIsSent,
} from "#lib/checks/azure/diagnostic-settings.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const activityLogExport = defineCheck({
  id: "azure.monitor.activity-log-export",
  title: "Activity log is exported by a diagnostic setting",
  severity: "high",
  resource: "azure.monitor.subscription",
  permissions: [diagnosticSettingsPermission],
  risk: "Azure keeps the activity log for 90 days. What an intruder did before that can't be told any more, and nothing that watches logs elsewhere sees any of it.",
  remediation: {
    text: "Send the activity log to a Log Analytics workspace, a storage account or an event hub by a diagnostic setting of the subscription.",
    url: "https://learn.microsoft.com/azure/azure-monitor/platform/activity-log",
    console: [
      "Monitor, Activity log, Export Activity Logs; choose the subscription.",
      "Add diagnostic setting; check Administrative, Security, Alert and Policy.",
      "Choose where to send them, and save.",
    ],
    cli: `az monitor diagnostic-settings subscription create --name activity-log --location LOCATION --workspace WORKSPACE_ID --logs '[{"category":"Administrative","enabled":true},{"category":"Security","enabled":true},{"category":"Alert","enabled":true},{"category":"Policy","enabled":true}]'`,
    terraform: `resource "azurerm_monitor_diagnostic_setting" "activity_log" {
  name                       = "activity-log"
  target_resource_id         = "/subscriptions/{account}"
  log_analytics_workspace_id = azurerm_log_analytics_workspace.security.id

  enabled_log { category = "Administrative" }
  enabled_log { category = "Security" }
  enabled_log { category = "Alert" }
  enabled_log { category = "Policy" }
}`,
  },
  evaluate: ({ activityLogSettings }) => {
    if (!activityLogSettings) return unknown("diagnostic settings of the subscription");
    return activityLogSettings.some(sendsLogs)
      ? pass()
      : fail(whyNothingIsSent(activityLogSettings, "the activity log anywhere"), "/activityLogSettings");
  },
});
