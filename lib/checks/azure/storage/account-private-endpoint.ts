import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const accountPrivateEndpoint = defineCheck({
  id: "azure.storage.account-private-endpoint",
  title: "Storage account has a private endpoint",
  severity: "low",
  resource: "azure.storage.account",
  permissions: ["Microsoft.Storage/storageAccounts/read"],
  risk: "Without a private endpoint, traffic to the account goes to a public address, and networks can only be let in or kept out by where they come from. With one, the account is an address in the network that uses it.",
  remediation: {
    text: "Create a private endpoint in the network that uses the account, with its DNS zone, then close public access.",
    url: "https://learn.microsoft.com/azure/storage/common/storage-private-endpoints",
    console: [
      "Open the storage account {name} in the portal, then Security + networking, Networking, Private endpoint connections.",
      "Select Private endpoint and choose network and subnet.",
      "Integrate it with a private DNS zone, then create it.",
    ],
    cli: "az network private-endpoint create --subscription {account} --resource-group GROUP --name NAME --subnet SUBNET_ID --private-connection-resource-id {uid} --group-id blob --connection-name NAME",
    terraform: `resource "azurerm_private_endpoint" "this" {
  name                = "pe-{name}"
  location            = "{region}"
  resource_group_name = "GROUP"
  subnet_id           = azurerm_subnet.app.id

  private_service_connection {
    name                           = "{name}"
    private_connection_resource_id = "{uid}"
    subresource_names              = ["blob"]
    is_manual_connection           = false
  }
}`,
  },
  evaluate: ({ privateEndpoints }) => {
    if (privateEndpoints === undefined) return unknown("private endpoints");
    if (privateEndpoints.includes("Approved")) return pass();
    const [state] = privateEndpoints;
    return state === undefined
      ? fail("The account has no private endpoint.", "/privateEndpoints")
      : fail(`The connection of its private endpoint is ${state}.`, "/privateEndpoints/0");
  },
});
