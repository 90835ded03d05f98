import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const sqlServerEntraAdmin = defineCheck({
  id: "azure.sql.server-entra-admin",
  title: "SQL server has an administrator from Microsoft Entra ID",
  severity: "medium",
  resource: "azure.sql.server",
  permissions: ["Microsoft.Sql/servers/read"],
  risk: "Without one, people and services sign in with passwords that the server keeps: nothing asks for a second factor, and nobody is locked out when they leave.",
  remediation: {
    text: "Make a group of Microsoft Entra ID the server's administrator, and give people and services their access through Entra ID too.",
    url: "https://learn.microsoft.com/azure/azure-sql/database/authentication-aad-configure",
    console: [
      "Open the SQL server in the portal, then Settings, Microsoft Entra ID.",
      "Select Set admin and choose a group.",
      "Save.",
    ],
    cli: "az sql server ad-admin create --subscription {account} --resource-group GROUP --server {name} --display-name GROUP_NAME --object-id GROUP_ID",
    terraform: `resource "azurerm_mssql_server" "this" {
  name                          = "{name}"
  resource_group_name           = "GROUP"
  location                      = "{region}"
  version                       = "12.0"

  azuread_administrator {
    login_username              = "sql-admins"
    object_id                   = "GROUP_ID"
    azuread_authentication_only = true
  }
}`,
  },
  evaluate: ({ entraAdmin }) => {
    if (entraAdmin === undefined) return unknown("administrator from Microsoft Entra ID");
    return entraAdmin
      ? pass()
      : fail("No user or group of Microsoft Entra ID administers the server.", "/entraAdmin");
  },
});
