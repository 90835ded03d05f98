import { judgeOn } from "#lib/checks/azure/server-parameters.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const postgresqlServerLogCheckpoints = defineCheck({
  id: "azure.postgresql.server-log-checkpoints",
  title: "PostgreSQL server logs checkpoints",
  severity: "low",
  resource: "azure.postgresql.server",
  permissions: ["Microsoft.DBforPostgreSQL/flexibleServers/configurations/read"],
  risk: "Checkpoints show when and why the server was slow to write. Without them, trouble with performance or storage leaves no trace.",
  remediation: {
    text: "Set log_checkpoints to on.",
    url: "https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-logging",
    console: [
      "Open the PostgreSQL flexible server in the portal, then Settings, Server parameters.",
      "Search for log_checkpoints and set it to ON.",
      "Save.",
    ],
    cli: "az postgres flexible-server parameter set --subscription {account} --resource-group GROUP --server-name {name} --name log_checkpoints --value on",
    terraform: `resource "azurerm_postgresql_flexible_server_configuration" "this" {
  name      = "log_checkpoints"
  server_id = "{uid}"
  value     = "on"
}`,
  },
  evaluate: (server) => judgeOn(server, "log_checkpoints"),
});
