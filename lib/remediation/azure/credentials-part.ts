import { emptyPart, type PlaybookPart } from "../playbook-part.ts";

/** What ROTATE-CREDENTIALS does on Azure. Keys of storage accounts can't be brought back: they have a playbook of their own. */
export const azureCredentials: PlaybookPart = {
  fixes: ["azure.storage.account-key-reminder"],
  parameters: {
    azureReminderDays: {
      title: "Days until Azure reminds of a storage account's keys",
      help: "After so many days the portal and Azure Policy say that a key should be rotated, such as 90.",
      type: "number",
      default: 90,
      min: 1,
      max: 365,
    },
  },
  actions: [
    {
      id: "azure-key-reminder",
      title: "Have Azure remind of rotating the storage account's keys",
      kind: "azure",
      operation: "azure.storage.set-key-reminder",
      with: { days: { $parameter: "azureReminderDays" } },
      when: { checks: ["azure.storage.account-key-reminder"] },
      timeoutSeconds: 60,
    },
  ],
  irreversible: [],
  leftToPeople: ["Rotate the keys of a storage account by AZURE-STORAGE-KEYS, once its clients have moved."],
};

/** Azure keeps no credential that is switched off: what was rotated is gone. */
export const azureRotatedCredentials: PlaybookPart = emptyPart;
