import { parameterOf, pathOf } from "#lib/checks/azure/server-parameters.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const mysqlServerAuditLogConnections = defineCheck({
  id: "azure.mysql.server-audit-log-connections",
  title: "MySQL server's audit log holds connections",
  severity: "low",
  resource: "azure.mysql.server",
  permissions: ["Microsoft.DBforMySQL/flexibleServers/configurations/read"],
  risk: "Attempts to guess a password show in the log of connections first. Without it, neither they nor a sign-in from an odd place can be found.",
  remediation: {
    text: "Add CONNECTION to audit_log_events, with audit_log_enabled on.",
    url: "https://learn.microsoft.com/azure/mysql/flexible-server/concepts-audit-logs",
    console: [
      "Open the MySQL flexible server in the portal, then Settings, Server parameters.",
      "Search for audit_log_events and set it to CONNECTION, besides what is there.",
      "Save.",
    ],
    cli: "az mysql flexible-server parameter set --subscription {account} --resource-group GROUP --server-name {name} --name audit_log_events --value CONNECTION,CONNECTION_V2",
    terraform: `resource "azurerm_mysql_flexible_server_configuration" "this" {
  name                = "audit_log_events"
  resource_group_name = "GROUP"
  server_name         = "{name}"
  value               = "CONNECTION,CONNECTION_V2"
}`,
  },
  evaluate: (server) => {
    const isOn = parameterOf(server, "audit_log_enabled");
    const events = parameterOf(server, "audit_log_events");
    if (isOn !== undefined && isOn.toUpperCase() !== "ON")
      return fail("The audit log is off.", pathOf("audit_log_enabled"));
    if (isOn === undefined || events === undefined) return unknown("parameters of the audit log");
    return events
      .toUpperCase()
      .split(",")
      .some((event) => /^CONNECTION(_V2)?$/.test(event.trim()))
      ? pass()
      : fail(`The audit log holds ${events || "nothing"}.`, pathOf("audit_log_events"));
  },
});
