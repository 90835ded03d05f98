import { judgePublicAccess } from "#lib/checks/azure/database-firewall.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const sqlServerPublicAccess = defineCheck({
  id: "azure.sql.server-public-access",
  title: "SQL server has no public endpoint",
  severity: "high",
  resource: "azure.sql.server",
  permissions: ["Microsoft.Sql/servers/read"],
  risk: "A public endpoint can be tried from anywhere that the firewall lets through, now or by mistake later. What stands between the internet and the data is then a password.",
  remediation: {
    text: "Give the server a private endpoint in your network, then disable public access.",
    url: "https://learn.microsoft.com/azure/azure-sql/database/connectivity-settings",
    console: [
      "Open the SQL server in the portal, then Security, Networking.",
      "Under Private access, create a private endpoint if there is none.",
      "Under Public access choose Disable, then Save.",
    ],
    cli: "az sql server update --ids {uid} --enable-public-network false",
    terraform: `resource "azurerm_mssql_server" "this" {
  name                          = "{name}"
  resource_group_name           = "GROUP"
  location                      = "{region}"
  version                       = "12.0"
  public_network_access_enabled = false
}`,
  },
  evaluate: judgePublicAccess,
});
