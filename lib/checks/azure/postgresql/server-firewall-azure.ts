import { judgeAzureRule } from "#lib/checks/azure/database-firewall.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const postgresqlServerFirewallAzure = defineCheck({
  id: "azure.postgresql.server-firewall-azure",
  title: "PostgreSQL server's firewall doesn't let all of Azure in",
  severity: "medium",
  resource: "azure.postgresql.server",
  permissions: [
    "Microsoft.DBforPostgreSQL/flexibleServers/read",
    "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/read",
  ],
  risk: "The rule lets in every machine in Azure, not only yours: anyone can rent one. It opens the server to millions of addresses.",
  remediation: {
    text: "Give the services that need the server a private endpoint, then delete the exception.",
    url: "https://learn.microsoft.com/azure/postgresql/flexible-server/how-to-manage-firewall-portal",
    console: [
      "Open the PostgreSQL flexible server in the portal, then Settings, Networking.",
      "Clear Allow public access from any Azure service within Azure to this server.",
      "Save.",
    ],
    cli: "az postgres flexible-server firewall-rule delete --subscription {account} --resource-group GROUP --server-name {name} --name RULE",
    terraform: `resource "azurerm_private_endpoint" "this" {
  name                = "{name}"
  location            = "{region}"
  resource_group_name = "GROUP"
  subnet_id           = azurerm_subnet.data.id

  private_service_connection {
    name                           = "{name}"
    private_connection_resource_id = "{uid}"
    subresource_names              = ["postgresqlServer"]
    is_manual_connection           = false
  }
}`,
  },
  evaluate: judgeAzureRule,
});
