import { judgeInternetRules } from "#lib/checks/azure/database-firewall.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const sqlServerFirewallInternet = defineCheck({
  id: "azure.sql.server-firewall-internet",
  title: "SQL server's firewall keeps the internet out",
  severity: "critical",
  resource: "azure.sql.server",
  permissions: ["Microsoft.Sql/servers/read", "Microsoft.Sql/servers/firewallRules/read"],
  risk: "Whoever has a user name and a password, guessed or leaked, reaches the databases from anywhere. Scanners try such servers within hours.",
  remediation: {
    text: "Delete the rule, and allow only the addresses that need the server; better, use a private endpoint.",
    url: "https://learn.microsoft.com/azure/azure-sql/database/firewall-configure",
    console: [
      "Open the SQL server in the portal, then Security, Networking.",
      "Under Firewall rules, delete the rule that starts at 0.0.0.0 or spans the internet.",
      "Add rules for the addresses that need the server, then Save.",
    ],
    cli: "az sql server firewall-rule delete --subscription {account} --resource-group GROUP --server {name} --name RULE",
    terraform: `resource "azurerm_mssql_firewall_rule" "office" {
  name             = "office"
  server_id        = "{uid}"
  start_ip_address = "203.0.113.0" # the network that needs it
  end_ip_address   = "203.0.113.255"
}`,
  },
  evaluate: judgeInternetRules,
});
