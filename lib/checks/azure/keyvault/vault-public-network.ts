import { isClosedToPublic } from "#lib/checks/azure/network-rules.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const vaultPublicNetwork = defineCheck({
  id: "azure.keyvault.vault-public-network",
  title: "Key vault is closed to public networks",
  severity: "medium",
  resource: "azure.keyvault.vault",
  permissions: ["Microsoft.KeyVault/vaults/read"],
  risk: "A vault with a public address can be tried from everywhere by whoever has got hold of a token. Without one, a stolen token is of use only within the network.",
  remediation: {
    text: "Disable public access once clients use private endpoints.",
    url: "https://learn.microsoft.com/azure/key-vault/general/network-security",
    console: [
      "Open the key vault {name} in the portal, then Settings, Networking.",
      "Under Firewalls and virtual networks choose Disable public access.",
      "Save.",
    ],
    cli: "az keyvault update --subscription {account} --name {name} --public-network-access Disabled",
    terraform: `resource "azurerm_key_vault" "this" {
  name = "{name}"
  # …
  public_network_access_enabled = false
}`,
  },
  evaluate: ({ publicNetworkAccess }) => {
    const isClosed = isClosedToPublic(publicNetworkAccess);
    if (isClosed === undefined) return unknown("public network access");
    return isClosed ? pass() : fail("Public network access is enabled.", "/publicNetworkAccess");
  },
});
