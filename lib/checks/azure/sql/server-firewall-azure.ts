import { judgeAzureRule } from "#lib/checks/azure/database-firewall.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const sqlServerFirewallAzure = defineCheck({
  id: "azure.sql.server-firewall-azure",
  title: "SQL server's firewall doesn't let all of Azure in",
  severity: "medium",
  resource: "azure.sql.server",
  permissions: ["Microsoft.Sql/servers/read", "Microsoft.Sql/servers/firewallRules/read"],
  risk: "The rule lets in every machine in Azure, not only yours: anyone can rent one. It opens the server to millions of addresses.",
  remediation: {
    text: "Give the services that need the server a private endpoint or a virtual network rule, then delete the exception.",
    url: "https://learn.microsoft.com/azure/azure-sql/database/network-access-controls-overview",
    console: [
      "Open the SQL server in the portal, then Security, Networking.",
      "Clear Allow Azure services and resources to access this server.",
      "Save.",
    ],
    cli: "az sql server firewall-rule delete --subscription {account} --resource-group GROUP --server {name} --name AllowAllWindowsAzureIps",
    terraform: `resource "azurerm_mssql_virtual_network_rule" "apps" {
  name      = "apps"
  server_id = "{uid}"
  subnet_id = azurerm_subnet.apps.id
}`,
  },
  evaluate: judgeAzureRule,
});
