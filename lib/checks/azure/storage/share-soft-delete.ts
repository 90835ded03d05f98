import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const shareSoftDelete = defineCheck({
  id: "azure.storage.share-soft-delete",
  title: "Storage account keeps deleted file shares for a while",
  severity: "medium",
  resource: "azure.storage.account",
  permissions: [
    "Microsoft.Storage/storageAccounts/read",
    "Microsoft.Storage/storageAccounts/fileServices/read",
  ],
  risk: "Deleting a share deletes all its files and snapshots in one call. Without soft delete they are gone at once.",
  remediation: {
    text: "Enable soft delete for file shares with a retention of 7 days or more.",
    url: "https://learn.microsoft.com/azure/storage/files/storage-files-enable-soft-delete",
    console: [
      "Open the storage account {name} in the portal, then Data storage, File shares.",
      "Open Soft delete, enable it for all file shares and set the days.",
      "Save.",
    ],
    cli: "az storage account file-service-properties update --subscription {account} --account-name {name} --enable-delete-retention true --delete-retention-days 7",
    terraform: `resource "azurerm_storage_account" "this" {
  name = "{name}"
  # …

  share_properties {
    retention_policy {
      days = 7
    }
  }
}`,
  },
  evaluate: ({ files }) => {
    if (files === undefined) return unknown("settings of the file service");
    return files === null || files.softDelete !== null
      ? pass()
      : fail("Deleted file shares are gone at once.", "/files/softDelete");
  },
});
