import { isClosedToPublic } from "#lib/checks/azure/network-rules.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const accountPublicNetwork = defineCheck({
  id: "azure.storage.account-public-network",
  title: "Storage account is closed to public networks",
  severity: "medium",
  resource: "azure.storage.account",
  permissions: ["Microsoft.Storage/storageAccounts/read"],
  risk: "An account with a public address can be reached by everyone who gets past its firewall and holds a key or token. Without one, there is nothing to reach from outside.",
  remediation: {
    text: "Disable public network access once clients use private endpoints.",
    url: "https://learn.microsoft.com/azure/storage/common/storage-network-security-set-default-access",
    console: [
      "Open the storage account {name} in the portal, then Security + networking, Networking.",
      "Set Public network access to Disabled.",
      "Save.",
    ],
    cli: "az storage account update --ids {uid} --public-network-access Disabled",
    terraform: `resource "azurerm_storage_account" "this" {
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
