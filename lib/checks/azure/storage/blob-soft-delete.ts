import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const blobSoftDelete = defineCheck({
  id: "azure.storage.blob-soft-delete",
  title: "Storage account keeps deleted blobs for a while",
  severity: "medium",
  resource: "azure.storage.account",
  permissions: [
    "Microsoft.Storage/storageAccounts/read",
    "Microsoft.Storage/storageAccounts/blobServices/read",
  ],
  risk: "A blob that is deleted or overwritten is gone at once. A mistake, a faulty program or an intruder then destroys data for good.",
  remediation: {
    text: "Enable soft delete for blobs with a retention of 7 days or more.",
    url: "https://learn.microsoft.com/azure/storage/blobs/soft-delete-blob-enable",
    console: [
      "Open the storage account {name} in the portal, then Data management, Data protection.",
      "Select Enable soft delete for blobs and set the days to retain.",
      "Save.",
    ],
    cli: "az storage account blob-service-properties update --subscription {account} --account-name {name} --enable-delete-retention true --delete-retention-days 7",
    terraform: `resource "azurerm_storage_account" "this" {
  name = "{name}"
  # …

  blob_properties {
    delete_retention_policy {
      days = 7
    }
  }
}`,
  },
  evaluate: ({ blobs }) => {
    if (blobs === undefined) return unknown("settings of the blob service");
    return blobs === null || blobs.softDelete !== null
      ? pass()
      : fail("Deleted blobs are gone at once.", "/blobs/softDelete");
  },
});
