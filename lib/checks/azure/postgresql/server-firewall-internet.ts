import { judgeInternetRules } from "#lib/checks/azure/database-firewall.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const postgresqlServerFirewallInternet = defineCheck({
  id: "azure.postgresql.server-firewall-internet",
  title: "PostgreSQL server's firewall keeps the internet out",
  severity: "critical",
  resource: "azure.postgresql.server",
  permissions: [
    "Microsoft.DBforPostgreSQL/flexibleServers/read",
    "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/read",
  ],
  risk: "Whoever has a user name and a password, guessed or leaked, reaches the databases from anywhere. Scanners try such servers within hours.",
  remediation: {
    text: "Delete the rule, and allow only the addresses that need the server; better, use a private endpoint.",
    url: "https://learn.microsoft.com/azure/postgresql/flexible-server/how-to-manage-firewall-portal",
    console: [
      "Open the PostgreSQL flexible server in the portal, then Settings, Networking.",
      "Under Firewall rules, delete the rule that starts at 0.0.0.0 or spans the internet.",
      "Add rules for the addresses that need the server, then Save.",
    ],
    cli: "az postgres flexible-server firewall-rule delete --subscription {account} --resource-group GROUP --server-name {name} --name RULE",
    terraform: `resource "azurerm_postgresql_flexible_server_firewall_rule" "office" {
  name             = "office"
  server_id        = "{uid}"
  start_ip_address = "203.0.113.0" # the network that needs it
  end_ip_address   = "203.0.113.255"
}`,
  },
  evaluate: judgeInternetRules,
});
