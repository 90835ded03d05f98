import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const sqlServerAuditing = defineCheck({
  id: "azure.sql.server-auditing",
  title: "SQL server's auditing is on",
  severity: "medium",
  resource: "azure.sql.server",
  permissions: ["Microsoft.Sql/servers/read", "Microsoft.Sql/servers/auditingSettings/read"],
  risk: "Without an audit log there is no telling who read or changed what. After a leak, all of the data has to count as lost.",
  remediation: {
    text: "Switch auditing on for the server, so that it covers all databases, and send it to Log Analytics or a storage account.",
    url: "https://learn.microsoft.com/azure/azure-sql/database/auditing-setup",
    console: [
      "Open the SQL server in the portal, then Security, Auditing.",
      "Switch Enable Azure SQL Auditing on.",
      "Choose Log Analytics or Storage, then Save.",
    ],
    cli: "az sql server audit-policy update --ids {uid} --state Enabled --log-analytics-target-state Enabled --log-analytics-workspace-resource-id WORKSPACE_ID",
    terraform: `resource "azurerm_mssql_server_extended_auditing_policy" "this" {
  server_id              = "{uid}"
  enabled                = true
  log_monitoring_enabled = true
}`,
  },
  evaluate: ({ auditing }) => {
    if (!auditing) return unknown("auditing");
    if (!auditing.enabled) return fail("Auditing is off.", "/auditing/enabled");
    return auditing.storage || auditing.monitor
      ? pass()
      : fail("Auditing is on, but its records go nowhere.", "/auditing");
  },
});
