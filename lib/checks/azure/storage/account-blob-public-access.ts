import { isAfterDefaultsChanged } from "#lib/checks/azure/storage-defaults.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const accountBlobPublicAccess = defineCheck({
  id: "azure.storage.account-blob-public-access",
  title: "Storage account forbids anonymous access to blobs",
  severity: "high",
  resource: "azure.storage.account",
  permissions: ["Microsoft.Storage/storageAccounts/read"],
  risk: "Where an account allows it, whoever may change a container can open it to everyone, and what lies in it can be listed and read without signing in. Such containers are searched for and found within hours.",
  remediation: {
    text: "Forbid anonymous access on the account; it then holds for all its containers, whatever they say. Serve public content through a CDN or from an account of its own.",
    url: "https://learn.microsoft.com/azure/storage/blobs/anonymous-read-access-prevent",
    console: [
      "Open the storage account {name} in the portal, then Settings, Configuration.",
      "Set Allow Blob anonymous access to Disabled.",
      "Save.",
    ],
    cli: "az storage account update --ids {uid} --allow-blob-public-access false",
    terraform: `resource "azurerm_storage_account" "this" {
  name = "{name}"
  # …
  allow_nested_items_to_be_public = false
}`,
  },
  evaluate: ({ blobPublicAccess, createdAt }) => {
    if (blobPublicAccess === undefined) return unknown("anonymous access");
    if (blobPublicAccess === false) return pass();
    if (blobPublicAccess) return fail("Anonymous access to blobs is allowed.", "/blobPublicAccess");
    const isForbidden = isAfterDefaultsChanged(createdAt);
    if (isForbidden === null) return unknown("age of the account");
    return isForbidden ? pass() : fail("Anonymous access to blobs was never forbidden.", "/blobPublicAccess");
  },
});
