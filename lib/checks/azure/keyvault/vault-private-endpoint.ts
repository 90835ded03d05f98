import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const vaultPrivateEndpoint = defineCheck({
  id: "azure.keyvault.vault-private-endpoint",
  title: "Key vault has a private endpoint",
  severity: "low",
  resource: "azure.keyvault.vault",
  permissions: ["Microsoft.KeyVault/vaults/read"],
  risk: "Without a private endpoint, secrets are fetched from a public address, and networks can only be let in or kept out by where they come from. With one, the vault is an address in the network that uses it.",
  remediation: {
    text: "Create a private endpoint in the network that uses the vault, with its DNS zone, then close public access.",
    url: "https://learn.microsoft.com/azure/key-vault/general/private-link-service",
    console: [
      "Open the key vault {name} in the portal, then Settings, Networking, Private endpoint connections.",
      "Select Create and choose network and subnet.",
      "Integrate it with a private DNS zone, then create it.",
    ],
    cli: "az network private-endpoint create --subscription {account} --resource-group GROUP --name NAME --subnet SUBNET_ID --private-connection-resource-id {uid} --group-id vault --connection-name NAME",
    terraform: `resource "azurerm_private_endpoint" "this" {
  name                = "pe-{name}"
  location            = "{region}"
  resource_group_name = "GROUP"
  subnet_id           = azurerm_subnet.app.id

  private_service_connection {
    name                           = "{name}"
    private_connection_resource_id = "{uid}"
    subresource_names              = ["vault"]
    is_manual_connection           = false
  }
}`,
  },
  evaluate: ({ privateEndpoints }) => {
    if (privateEndpoints === undefined) return unknown("private endpoints");
    if (privateEndpoints.includes("Approved")) return pass();
    const [state] = privateEndpoints;
    return state === undefined
      ? fail("The vault has no private endpoint.", "/privateEndpoints")
      : fail(`The connection of its private endpoint is ${state}.`, "/privateEndpoints/0");
  },
});
