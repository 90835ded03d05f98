import { defineCheck, fail, manual, pass, unknown } from "#lib/checks/model.ts";

export const blobVersioning = defineCheck({
  id: "azure.storage.blob-versioning",
  title: "Storage account keeps earlier versions of blobs",
  severity: "low",
  resource: "azure.storage.account",
  permissions: [
    "Microsoft.Storage/storageAccounts/read",
    "Microsoft.Storage/storageAccounts/blobServices/read",
  ],
  risk: "Without versions, the last write wins: what a fault or ransomware overwrites can't be had back.",
  remediation: {
    text: "Enable versioning, with a lifecycle rule that removes old versions.",
    url: "https://learn.microsoft.com/azure/storage/blobs/versioning-enable",
    console: [
      "Open the storage account {name} in the portal, then Data management, Data protection.",
      "Select Enable versioning for blobs.",
      "Save.",
    ],
    cli: "az storage account blob-service-properties update --subscription {account} --account-name {name} --enable-versioning true",
    terraform: `resource "azurerm_storage_account" "this" {
  name = "{name}"
  # …

  blob_properties {
    versioning_enabled = true
  }
}`,
  },
  evaluate: ({ blobs, isHierarchical }) => {
    if (blobs === undefined) return unknown("settings of the blob service");
    if (blobs === null || blobs.versioning) return pass();
    if (isHierarchical)
      return manual("Azure has no versions for hierarchical namespaces: see how else the data is kept.");
    return fail("Earlier versions of blobs are not kept.", "/blobs/versioning");
  },
});
