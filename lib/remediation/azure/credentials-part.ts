import { emptyPart, type PlaybookPart } from "../playbook-part.ts";

/** What ROTATE-CREDENTIALS does on Azure. Keys of storage accounts can't be brought back: they have a playbook of their own. */
export const azureCredentials: PlaybookPart = {
  fixes: ["azure.entra.application-secret-age", "azure.storage.account-key-reminder"],
  parameters: {
    azureSecretDays: {
      title: "Days that a new client secret of Entra is good for",
      help: "180 at most is what Microsoft advises.",
      type: "number",
      default: 180,
      min: 1,
      max: 730,
    },
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
      id: "azure-add-application-secret",
      title: "Make a new client secret for the application",
      kind: "azure",
      operation: "azure.entra.add-application-secret",
      with: { days: { $parameter: "azureSecretDays" } },
      when: { checks: ["azure.entra.application-secret-age"] },
      timeoutSeconds: 60,
    },
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
  leftToPeople: [
    "Entra: give the application its new secret; better still, have it do without, by a managed identity or federated credentials.",
    "Entra can't switch a secret off: the old one works on, and the finding stays open, until AZURE-APPLICATION-SECRETS removes it.",
    "Rotate the keys of a storage account by AZURE-STORAGE-KEYS, once its clients have moved.",
  ],
};

/** Azure keeps no credential that is switched off: what was rotated is gone. */
export const azureRotatedCredentials: PlaybookPart = emptyPart;
