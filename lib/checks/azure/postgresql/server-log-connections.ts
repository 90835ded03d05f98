import { judgeOn } from "#lib/checks/azure/server-parameters.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const postgresqlServerLogConnections = defineCheck({
  id: "azure.postgresql.server-log-connections",
  title: "PostgreSQL server logs connections",
  severity: "low",
  resource: "azure.postgresql.server",
  permissions: ["Microsoft.DBforPostgreSQL/flexibleServers/configurations/read"],
  risk: "Attempts to guess a password show in the log of connections first. Without it, neither they nor a sign-in from an odd place can be found.",
  remediation: {
    text: "Set log_connections to on, and send the logs to Log Analytics.",
    url: "https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-logging",
    console: [
      "Open the PostgreSQL flexible server in the portal, then Settings, Server parameters.",
      "Search for log_connections and set it to ON.",
      "Save.",
    ],
    cli: "az postgres flexible-server parameter set --subscription {account} --resource-group GROUP --server-name {name} --name log_connections --value on",
    terraform: `resource "azurerm_postgresql_flexible_server_configuration" "this" {
  name      = "log_connections"
  server_id = "{uid}"
  value     = "on"
}`,
  },
  evaluate: (server) => judgeOn(server, "log_connections"),
});
