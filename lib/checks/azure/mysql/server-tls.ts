import { judgeOn } from "#lib/checks/azure/server-parameters.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const mysqlServerTls = defineCheck({
  id: "azure.mysql.server-tls",
  title: "MySQL server takes encrypted connections alone",
  severity: "medium",
  resource: "azure.mysql.server",
  permissions: ["Microsoft.DBforMySQL/flexibleServers/configurations/read"],
  risk: "Connections without TLS show queries, results and passwords to whoever sits on the path. A client that falls back to them doesn't say so.",
  remediation: {
    text: "Set require_secure_transport to on; clients then have to use TLS.",
    url: "https://learn.microsoft.com/azure/mysql/flexible-server/how-to-connect-tls-ssl",
    console: [
      "Open the MySQL flexible server in the portal, then Settings, Server parameters.",
      "Search for require_secure_transport and set it to ON.",
      "Save.",
    ],
    cli: "az mysql flexible-server parameter set --subscription {account} --resource-group GROUP --server-name {name} --name require_secure_transport --value on",
    terraform: `resource "azurerm_mysql_flexible_server_configuration" "this" {
  name                = "require_secure_transport"
  resource_group_name = "GROUP"
  server_name         = "{name}"
  value               = "on"
}`,
  },
  evaluate: (server) => judgeOn(server, "require_secure_transport"),
});
