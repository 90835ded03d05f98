import { diagnosticSettingsPermission, sendsCategory } from "#lib/checks/azure/diagnostic-settings.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

/** Those that tell of changes, of what Defender found, of alerts that fired, and of policies that were broken. */
const categories = ["Administrative", "Alert", "Policy", "Security"];

export const activityLogCategories = defineCheck({
  id: "azure.monitor.activity-log-categories",
  title: "Exported activity log holds the categories that matter",
  severity: "medium",
  resource: "azure.monitor.subscription",
  permissions: [diagnosticSettingsPermission],
  risk: "A category that isn't exported is gone after 90 days. Without Administrative there is no record of who changed what; without Security, none of what Defender saw.",
  remediation: {
    text: "Have the diagnostic settings of the subscription send Administrative, Alert, Policy and Security.",
    url: "https://learn.microsoft.com/azure/azure-monitor/platform/activity-log-schema",
    console: [
      "Monitor, Activity log, Export Activity Logs; choose the subscription.",
      "Edit setting; check Administrative, Security, Alert and Policy.",
      "Save.",
    ],
    cli: `az monitor diagnostic-settings subscription update --name SETTING --logs '[{"category":"Administrative","enabled":true},{"category":"Security","enabled":true},{"category":"Alert","enabled":true},{"category":"Policy","enabled":true}]'`,
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
    const missing = categories.filter(
      (category) => !activityLogSettings.some((setting) => sendsCategory(setting, category)),
    );
    return missing.length === 0
      ? pass()
      : fail(`No diagnostic setting sends ${missing.join(", ")}.`, "/activityLogSettings");
  },
});
