import { judgeOn } from "#lib/checks/azure/server-parameters.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const postgresqlServerConnectionThrottling = defineCheck({
  id: "azure.postgresql.server-connection-throttling",
  title: "PostgreSQL server slows down failing sign-ins",
  severity: "low",
  resource: "azure.postgresql.server",
  permissions: ["Microsoft.DBforPostgreSQL/flexibleServers/configurations/read"],
  risk: "Without throttling, passwords can be guessed as fast as the network allows. It also lets a flood of wrong sign-ins keep others out.",
  remediation: {
    text: "Set connection_throttle.enable to on: it holds back addresses from which sign-ins keep failing.",
    url: "https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-server-parameters",
    console: [
      "Open the PostgreSQL flexible server in the portal, then Settings, Server parameters.",
      "Search for connection_throttle.enable and set it to ON.",
      "Save.",
    ],
    cli: "az postgres flexible-server parameter set --subscription {account} --resource-group GROUP --server-name {name} --name connection_throttle.enable --value on",
    terraform: `resource "azurerm_postgresql_flexible_server_configuration" "this" {
  name      = "connection_throttle.enable"
  server_id = "{uid}"
  value     = "on"
}`,
  },
  evaluate: (server) => judgeOn(server, "connection_throttle.enable"),
});
