import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const accountKeyReminder = defineCheck({
  id: "azure.storage.account-key-reminder",
  title: "Storage account reminds of rotating its keys",
  severity: "low",
  resource: "azure.storage.account",
  permissions: ["Microsoft.Storage/storageAccounts/read"],
  risk: "Without a period nobody is told that keys have grown old, and Azure Policy has nothing to judge by. Keys then stay as they were made, for years.",
  remediation: {
    text: "Set a key expiration period of 90 days or less.",
    url: "https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage",
    console: [
      "Open the storage account {name} in the portal, then Security + networking, Access keys.",
      "Select Set rotation reminder.",
      "Enable key rotation reminders, choose a frequency of 90 days or less, then save.",
    ],
    cli: "az storage account update --ids {uid} --key-exp-days 90",
    terraform: `resource "azapi_update_resource" "this" {
  type        = "Microsoft.Storage/storageAccounts@2023-05-01"
  resource_id = "{uid}"
  body = {
    properties = { keyPolicy = { keyExpirationPeriodInDays = 90 } }
  }
}`,
  },
  evaluate: ({ keyReminderDays }) => {
    if (keyReminderDays === undefined) return unknown("key expiration period");
    return keyReminderDays === null ? fail("No key expiration period is set.", "/keyReminderDays") : pass();
  },
});
