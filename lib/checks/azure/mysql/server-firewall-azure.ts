import { judgeAzureRule } from "#lib/checks/azure/database-firewall.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const mysqlServerFirewallAzure = defineCheck({
  id: "azure.mysql.server-firewall-azure",
  title: "MySQL server's firewall doesn't let all of Azure in",
  severity: "medium",
  resource: "azure.mysql.server",
  permissions: [
    "Microsoft.DBforMySQL/flexibleServers/read",
    "Microsoft.DBforMySQL/flexibleServers/firewallRules/read",
  ],
  risk: "The rule lets in every machine in Azure, not only yours: anyone can rent one. It opens the server to millions of addresses.",
  remediation: {
    text: "Give the services that need the server a private endpoint, then delete the exception.",
    url: "https://learn.microsoft.com/azure/mysql/flexible-server/how-to-manage-firewall-portal",
    console: [
      "Open the MySQL flexible server in the portal, then Settings, Networking.",
      "Clear Allow public access from any Azure service within Azure to this server.",
      "Save.",
    ],
    cli: "az mysql flexible-server firewall-rule delete --subscription {account} --resource-group GROUP --name {name} --rule-name RULE",
    terraform: `resource "azurerm_private_endpoint" "this" {
  name                = "{name}"
  location            = "{region}"
  resource_group_name = "GROUP"
  subnet_id           = azurerm_subnet.data.id

  private_service_connection {
    name                           = "{name}"
    private_connection_resource_id = "{uid}"
    subresource_names              = ["mysqlServer"]
    is_manual_connection           = false
  }
}`,
  },
  evaluate: judgeAzureRule,
});
