import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const accountSharedKey = defineCheck({
  id: "azure.storage.account-shared-key",
  title: "Storage account refuses access keys",
  severity: "medium",
  resource: "azure.storage.account",
  permissions: ["Microsoft.Storage/storageAccounts/read"],
  risk: "An access key opens everything in the account, for anyone, without a name in the log. With keys refused, each request comes from an Entra identity with a role, and can be told, limited and taken back.",
  remediation: {
    text: "Move clients to Entra identities, then disallow shared key access.",
    url: "https://learn.microsoft.com/azure/storage/common/shared-key-authorization-prevent",
    console: [
      "Open the storage account {name} in the portal, then Settings, Configuration.",
      "Set Allow storage account key access to Disabled.",
      "Save.",
    ],
    cli: "az storage account update --ids {uid} --allow-shared-key-access false",
    terraform: `resource "azurerm_storage_account" "this" {
  name = "{name}"
  # …
  shared_access_key_enabled = false
}`,
  },
  evaluate: ({ sharedKeyAccess }) => {
    if (sharedKeyAccess === undefined) return unknown("access by key");
    return sharedKeyAccess === false ? pass() : fail("Access by key is allowed.", "/sharedKeyAccess");
  },
});
