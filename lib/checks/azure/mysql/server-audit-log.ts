import { judgeOn } from "#lib/checks/azure/server-parameters.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const mysqlServerAuditLog = defineCheck({
  id: "azure.mysql.server-audit-log",
  title: "MySQL server writes an audit log",
  severity: "low",
  resource: "azure.mysql.server",
  permissions: ["Microsoft.DBforMySQL/flexibleServers/configurations/read"],
  risk: "Without an audit log there is no telling who signed in and what was run. After a leak, all of the data has to count as lost.",
  remediation: {
    text: "Set audit_log_enabled to on, choose audit_log_events, and send the log to Log Analytics.",
    url: "https://learn.microsoft.com/azure/mysql/flexible-server/concepts-audit-logs",
    console: [
      "Open the MySQL flexible server in the portal, then Settings, Server parameters.",
      "Search for audit_log_enabled and set it to ON.",
      "Save.",
    ],
    cli: "az mysql flexible-server parameter set --subscription {account} --resource-group GROUP --server-name {name} --name audit_log_enabled --value on",
    terraform: `resource "azurerm_mysql_flexible_server_configuration" "this" {
  name                = "audit_log_enabled"
  resource_group_name = "GROUP"
  server_name         = "{name}"
  value               = "on"
}`,
  },
  evaluate: (server) => judgeOn(server, "audit_log_enabled"),
});
