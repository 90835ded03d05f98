import {
  diagnosticSettingsPermission,
  sendsLogs,
  whyNothingIsSent,
} from "#lib/checks/azure/diagnostic-settings.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const workspaceLogging = defineCheck({
  id: "azure.databricks.workspace-logging",
  title: "Databricks workspace delivers its logs",
  severity: "medium",
  resource: "azure.databricks.workspace",
  permissions: ["Microsoft.Databricks/workspaces/read", diagnosticSettingsPermission],
  risk: "Who ran which notebook on what data is then on record nowhere. A theft of data can't be told from a job.",
  remediation: {
    text: "Send the workspace's logs to a Log Analytics workspace, a storage account or an event hub by a diagnostic setting.",
    url: "https://learn.microsoft.com/azure/databricks/admin/account-settings/audit-log-delivery",
    console: [
      "Open the workspace in the Azure portal; Diagnostic settings.",
      "Add diagnostic setting; check allLogs, or the categories that you need.",
      "Choose where to send them, and save.",
    ],
    cli: `az monitor diagnostic-settings create --name audit --resource {uid} --workspace WORKSPACE_ID --logs '[{"categoryGroup":"allLogs","enabled":true}]'`,
    terraform: `resource "azurerm_monitor_diagnostic_setting" "databricks" {
  name                       = "audit"
  target_resource_id         = "{uid}"
  log_analytics_workspace_id = azurerm_log_analytics_workspace.security.id

  enabled_log { category_group = "allLogs" }
}`,
  },
  evaluate: ({ diagnosticSettings }) => {
    if (!diagnosticSettings) return unknown("diagnostic settings of the workspace");
    return diagnosticSettings.some(sendsLogs)
      ? pass()
      : fail(whyNothingIsSent(diagnosticSettings, "the workspace's logs anywhere"), "/diagnosticSettings");
  },
});
