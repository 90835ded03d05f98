import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const accountEntraPortal = defineCheck({
  id: "azure.storage.account-entra-portal",
  title: "Storage account opens in the portal with Entra identities",
  severity: "low",
  resource: "azure.storage.account",
  permissions: ["Microsoft.Storage/storageAccounts/read"],
  risk: "The portal otherwise fetches the account's keys for whoever looks into a container, who then acts as the account and not in a name of their own. Roles for blobs mean nothing on that way.",
  remediation: {
    text: "Make Microsoft Entra the default way of the portal, and give people roles for data such as Storage Blob Data Reader.",
    url: "https://learn.microsoft.com/azure/storage/blobs/authorize-data-operations-portal",
    console: [
      "Open the storage account {name} in the portal, then Settings, Configuration.",
      "Set Default to Microsoft Entra authorization in the Azure portal to Enabled.",
      "Save.",
    ],
    cli: "az storage account update --ids {uid} --set defaultToOAuthAuthentication=true",
    terraform: `resource "azurerm_storage_account" "this" {
  name = "{name}"
  # …
  default_to_oauth_authentication = true
}`,
  },
  evaluate: ({ defaultToEntra }) => {
    if (defaultToEntra === undefined) return unknown("default of the portal");
    return defaultToEntra
      ? pass()
      : fail("The portal uses the account's keys by default.", "/defaultToEntra");
  },
});
