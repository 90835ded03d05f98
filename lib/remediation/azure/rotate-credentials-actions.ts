import type { PlaybookAction } from "../playbook.ts";

/** What ROTATE-CREDENTIALS does on Azure: pure data. Takes the playbook's parameter `reminderDays`. */
export const azureRotateCredentialsActions: readonly PlaybookAction[] = [
  {
    id: "azure-key-reminder",
    title: "Have Azure remind of rotating the storage account's keys",
    kind: "azure",
    operation: "azure.storage.set-key-reminder",
    with: { days: { $parameter: "reminderDays" } },
    when: { checks: ["azure.storage.account-key-reminder"] },
    timeoutSeconds: 60,
  },
];

/** Checks that they fix. */
export const azureRotateCredentialsFixes: readonly string[] = ["azure.storage.account-key-reminder"];
