import { judgePublicAccess } from "#lib/checks/azure/database-firewall.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const mysqlServerPublicAccess = defineCheck({
  id: "azure.mysql.server-public-access",
  title: "MySQL server has no public endpoint",
  severity: "high",
  resource: "azure.mysql.server",
  permissions: ["Microsoft.DBforMySQL/flexibleServers/read"],
  risk: "A public endpoint can be tried from anywhere that the firewall lets through, now or by mistake later. What stands between the internet and the data is then a password.",
  remediation: {
    text: "Give the server a private endpoint in your network, then disable public access.",
    url: "https://learn.microsoft.com/azure/mysql/flexible-server/concepts-networking-private-link",
    console: [
      "Open the MySQL flexible server in the portal, then Settings, Networking.",
      "Create a private endpoint if there is none.",
      "Clear Allow public access, then Save.",
    ],
    cli: "az mysql flexible-server update --ids {uid} --public-access Disabled",
    terraform: `resource "azurerm_mysql_flexible_server" "this" {
  name                  = "{name}"
  resource_group_name   = "GROUP"
  location              = "{region}"
  public_network_access = "Disabled"
}`,
  },
  evaluate: judgePublicAccess,
});
