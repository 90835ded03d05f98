import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const secretExpiration = defineCheck({
  id: "azure.keyvault.secret-expiration",
  title: "Key Vault secret has an expiration date",
  severity: "medium",
  resource: "azure.keyvault.secret",
  permissions: ["Microsoft.KeyVault/vaults/read", "Microsoft.KeyVault/vaults/secrets/read"],
  risk: "A secret without an end is used for as long as it works, however many have come to know it. An expiration date makes its owner renew it, and can be watched for.",
  remediation: {
    text: "Set an expiration date, and renew the secret before it.",
    url: "https://learn.microsoft.com/azure/key-vault/general/security-features",
    console: [
      "Open the secret {name} in its vault in the portal and choose the current version.",
      "Select Set expiration date and choose a date.",
      "Save.",
    ],
    cli: "az keyvault secret set-attributes --vault-name VAULT --name {name} --expires 2027-01-01T00:00:00Z",
    terraform: `resource "azurerm_key_vault_secret" "this" {
  name = "{name}"
  # …
  expiration_date = "2027-01-01T00:00:00Z"
}`,
  },
  evaluate: ({ enabled, expiresAt }) => {
    // Nobody can fetch a secret that is switched off.
    if (enabled === false || expiresAt) return pass();
    if (enabled === undefined || expiresAt === undefined) return unknown("attributes of the secret");
    return fail("The secret never expires.", "/expiresAt");
  },
});
