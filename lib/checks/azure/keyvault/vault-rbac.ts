import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const vaultRbac = defineCheck({
  id: "azure.keyvault.vault-rbac",
  title: "Key vault grants access by roles",
  severity: "low",
  resource: "azure.keyvault.vault",
  permissions: ["Microsoft.KeyVault/vaults/read"],
  risk: "Access policies hold for the whole vault, and whoever may change the vault can write one for themselves. Roles can be granted for one secret, for a time, and by those alone who may grant roles.",
  remediation: {
    text: "Give those who need the vault roles such as Key Vault Secrets User, then switch its permission model to roles; access policies stop counting at once.",
    url: "https://learn.microsoft.com/azure/key-vault/general/rbac-migration",
    console: [
      "Open the key vault {name} in the portal, then Access control (IAM), and grant the roles that are needed.",
      "Go to Settings, Access configuration and choose Azure role-based access control.",
      "Save, and see that every client still works.",
    ],
    cli: "az keyvault update --subscription {account} --name {name} --enable-rbac-authorization true",
    terraform: `resource "azurerm_key_vault" "this" {
  name = "{name}"
  # …
  rbac_authorization_enabled = true
}`,
  },
  evaluate: ({ rbac }) => {
    if (rbac === undefined) return unknown("permission model");
    return rbac ? pass() : fail("Access policies say who may use the vault.", "/rbac");
  },
});
