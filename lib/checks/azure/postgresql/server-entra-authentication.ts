import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const postgresqlServerEntraAuthentication = defineCheck({
  id: "azure.postgresql.server-entra-authentication",
  title: "PostgreSQL server lets people sign in through Entra ID",
  severity: "low",
  resource: "azure.postgresql.server",
  permissions: ["Microsoft.DBforPostgreSQL/flexibleServers/read"],
  risk: "Without it, everyone signs in with a password that the server keeps: nothing asks for a second factor, and nobody is locked out when they leave.",
  remediation: {
    text: "Enable Microsoft Entra authentication, move users over, then switch password authentication off.",
    url: "https://learn.microsoft.com/azure/postgresql/flexible-server/how-to-configure-sign-in-azure-ad-authentication",
    console: [
      "Open the PostgreSQL flexible server in the portal, then Security, Authentication.",
      "Choose Microsoft Entra authentication, and add an administrator.",
      "Save.",
    ],
    cli: "az postgres flexible-server update --ids {uid} --microsoft-entra-auth Enabled",
    terraform: `resource "azurerm_postgresql_flexible_server" "this" {
  name                = "{name}"
  resource_group_name = "GROUP"
  location            = "{region}"

  authentication {
    active_directory_auth_enabled = true
    password_auth_enabled         = false
    tenant_id                     = "TENANT"
  }
}`,
  },
  evaluate: ({ authentication }) => {
    if (!authentication) return unknown("authentication");
    return authentication.entra
      ? pass()
      : fail("Users sign in with passwords alone.", "/authentication/entra");
  },
});
