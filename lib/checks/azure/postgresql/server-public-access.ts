import { judgePublicAccess } from "#lib/checks/azure/database-firewall.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const postgresqlServerPublicAccess = defineCheck({
  id: "azure.postgresql.server-public-access",
  title: "PostgreSQL server has no public endpoint",
  severity: "high",
  resource: "azure.postgresql.server",
  permissions: ["Microsoft.DBforPostgreSQL/flexibleServers/read"],
  risk: "A public endpoint can be tried from anywhere that the firewall lets through, now or by mistake later. What stands between the internet and the data is then a password.",
  remediation: {
    text: "Give the server a private endpoint in your network, then disable public access.",
    url: "https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private-link",
    console: [
      "Open the PostgreSQL flexible server in the portal, then Settings, Networking.",
      "Create a private endpoint if there is none.",
      "Clear Allow public access, then Save.",
    ],
    cli: "az postgres flexible-server update --ids {uid} --public-access Disabled",
    terraform: `resource "azurerm_postgresql_flexible_server" "this" {
  name                          = "{name}"
  resource_group_name           = "GROUP"
  location                      = "{region}"
  public_network_access_enabled = false
}`,
  },
  evaluate: judgePublicAccess,
});
