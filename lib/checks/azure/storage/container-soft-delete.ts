import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const containerSoftDelete = defineCheck({
  id: "azure.storage.container-soft-delete",
  title: "Storage account keeps deleted containers for a while",
  severity: "medium",
  resource: "azure.storage.account",
  permissions: [
    "Microsoft.Storage/storageAccounts/read",
    "Microsoft.Storage/storageAccounts/blobServices/read",
  ],
  risk: "Deleting a container deletes everything in it, in one call and at once. Soft delete for blobs does not bring it back.",
  remediation: {
    text: "Enable soft delete for containers with a retention of 7 days or more.",
    url: "https://learn.microsoft.com/azure/storage/blobs/soft-delete-container-enable",
    console: [
      "Open the storage account {name} in the portal, then Data management, Data protection.",
      "Select Enable soft delete for containers and set the days to retain.",
      "Save.",
    ],
    cli: "az storage account blob-service-properties update --subscription {account} --account-name {name} --enable-container-delete-retention true --container-delete-retention-days 7",
    terraform: `resource "azurerm_storage_account" "this" {
  name = "{name}"
  # …

  blob_properties {
    container_delete_retention_policy {
      days = 7
    }
  }
}`,
  },
  evaluate: ({ blobs }) => {
    if (blobs === undefined) return unknown("settings of the blob service");
    return blobs === null || blobs.containerSoftDelete !== null
      ? pass()
      : fail("Deleted containers are gone at once.", "/blobs/containerSoftDelete");
  },
});
