import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const keyRotation = defineCheck({
  id: "azure.keyvault.key-rotation",
  title: "Key Vault key is rotated by itself",
  severity: "low",
  resource: "azure.keyvault.key",
  permissions: ["Microsoft.KeyVault/vaults/read", "Microsoft.KeyVault/vaults/keys/read"],
  risk: "Keys that are renewed by hand are renewed when somebody thinks of it. Until then, whatever one of them has leaked stays open.",
  remediation: {
    text: "Give the key a rotation policy; services that refer to it without a version then follow.",
    url: "https://learn.microsoft.com/azure/key-vault/keys/how-to-configure-key-rotation",
    console: [
      "Open the key {name} in its vault in the portal.",
      "Select Rotation policy, set an expiry time and enable auto rotation.",
      "Save, and see that clients refer to the key without a version.",
    ],
    cli: "az keyvault key rotation-policy update --vault-name VAULT --name {name} --value POLICY.json",
    terraform: `resource "azurerm_key_vault_key" "this" {
  name = "{name}"
  # …

  rotation_policy {
    expire_after = "P1Y"
    automatic {
      time_after_creation = "P90D"
    }
  }
}`,
  },
  evaluate: ({ enabled, rotation }) => {
    // A key that is switched off needs no successor.
    if (enabled === false || rotation?.rotates) return pass();
    if (enabled === undefined || rotation === undefined) return unknown("rotation policy");
    return rotation === null
      ? fail("The key has no rotation policy.", "/rotation")
      : fail("The key's rotation policy doesn't rotate it.", "/rotation/rotates");
  },
});
