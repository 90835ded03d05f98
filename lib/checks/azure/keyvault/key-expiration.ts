import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const keyExpiration = defineCheck({
  id: "azure.keyvault.key-expiration",
  title: "Key Vault key has an expiration date",
  severity: "medium",
  resource: "azure.keyvault.key",
  permissions: ["Microsoft.KeyVault/vaults/read", "Microsoft.KeyVault/vaults/keys/read"],
  risk: "A key without an end is used for as long as it works, however many have come to know it. An expiration date makes its owner renew it, and makes an abandoned key useless in time.",
  remediation: {
    text: "Set an expiration date, or a rotation policy that gives each version one.",
    url: "https://learn.microsoft.com/azure/key-vault/general/security-features",
    console: [
      "Open the key {name} in its vault in the portal and choose the current version.",
      "Select Set expiration date and choose a date.",
      "Save; better, set a rotation policy too.",
    ],
    cli: "az keyvault key set-attributes --vault-name VAULT --name {name} --expires 2027-01-01T00:00:00Z",
    terraform: `resource "azurerm_key_vault_key" "this" {
  name = "{name}"
  # …
  expiration_date = "2027-01-01T00:00:00Z"
}`,
  },
  evaluate: ({ enabled, expiresAt }) => {
    // Nobody can use a key that is switched off.
    if (enabled === false || expiresAt) return pass();
    if (enabled === undefined || expiresAt === undefined) return unknown("attributes of the key");
    return fail("The key never expires.", "/expiresAt");
  },
});
