import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const vaultPurgeProtection = defineCheck({
  id: "azure.keyvault.vault-purge-protection",
  title: "Key vault can't be purged before its time",
  severity: "medium",
  resource: "azure.keyvault.vault",
  permissions: ["Microsoft.KeyVault/vaults/read"],
  risk: "Whoever may purge can destroy the vault's keys for good right after deleting them, and with them all that they encrypt. With purge protection, what was deleted stays to be had back until its retention is over.",
  remediation: {
    text: "Enable purge protection. It can never be switched off again.",
    url: "https://learn.microsoft.com/azure/key-vault/general/key-vault-recovery",
    console: [
      "Open the key vault {name} in the portal, then Settings, Properties.",
      "Select Enable purge protection.",
      "Save.",
    ],
    cli: "az keyvault update --subscription {account} --name {name} --enable-purge-protection true",
    terraform: `resource "azurerm_key_vault" "this" {
  name = "{name}"
  # …
  purge_protection_enabled = true
}`,
  },
  evaluate: ({ purgeProtection }) => {
    if (purgeProtection === undefined) return unknown("purge protection");
    return purgeProtection ? pass() : fail("Purge protection is off.", "/purgeProtection");
  },
});
