import { judgeOn } from "#lib/checks/azure/server-parameters.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const postgresqlServerLogDisconnections = defineCheck({
  id: "azure.postgresql.server-log-disconnections",
  title: "PostgreSQL server logs the ends of sessions",
  severity: "low",
  resource: "azure.postgresql.server",
  permissions: ["Microsoft.DBforPostgreSQL/flexibleServers/configurations/read"],
  risk: "The length of a session tells a short look from hours of copying. Without its end in the log, that can't be told.",
  remediation: {
    text: "Set log_disconnections to on.",
    url: "https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-logging",
    console: [
      "Open the PostgreSQL flexible server in the portal, then Settings, Server parameters.",
      "Search for log_disconnections and set it to ON.",
      "Save.",
    ],
    cli: "az postgres flexible-server parameter set --subscription {account} --resource-group GROUP --server-name {name} --name log_disconnections --value on",
    terraform: `resource "azurerm_postgresql_flexible_server_configuration" "this" {
  name      = "log_disconnections"
  server_id = "{uid}"
  value     = "on"
}`,
  },
  evaluate: (server) => judgeOn(server, "log_disconnections"),
});
