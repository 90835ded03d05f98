import type { StorageAccount } from "@azure/arm-storage";
import { z } from "zod";
import { isAfterDefaultsChanged } from "#lib/checks/azure/storage-defaults.ts";
import type { AzureAccess } from "#lib/clouds/access.ts";
import { timeOf } from "#lib/inventory/answers.ts";
import { resourceGroupOf } from "#lib/inventory/azure/arm.ts";
import type { Json, PlannedCall, Target } from "../model.ts";
import { defineOperation, type OperationContext } from "../operation.ts";
import { nameIn, orGone } from "./azure-call.ts";
import { keyNames } from "./storage-calls.ts";

const reads = ["Microsoft.Storage/storageAccounts/read"];

const readAccount = (
  { clients }: AzureAccess,
  { target, signal }: OperationContext,
): Promise<StorageAccount | null> =>
  orGone(() =>
    clients.storage.storageAccounts.getProperties(resourceGroupOf(target.uid), nameIn(target.uid), {
      abortSignal: signal,
    }),
  );

const update = ({ uid }: Target, change: { [field: string]: Json }): PlannedCall => ({
  id: "update",
  api: "azure.storage.storageAccounts.update",
  input: { accountId: uid, ...change },
});

/** What counts: an account that never made the setting has the one that was Azure's when it was made. */
type PublicAccess = { allowBlobPublicAccess: boolean };

export const forbidPublicBlobs = defineOperation<"azure", PublicAccess, Record<string, never>>({
  id: "azure.storage.forbid-public-blobs",
  cloud: "azure",
  title: "Forbid anonymous access to the account's blobs",
  kinds: ["azure.storage.account"],
  parameters: z.object({}),
  reads,
  calls: ["azure.storage.storageAccounts.update"],

  async read(access, context) {
    const account = await readAccount(access, context);
    if (!account) return null;
    const { allowBlobPublicAccess: own, creationTime } = account;
    return { allowBlobPublicAccess: own ?? isAfterDefaultsChanged(timeOf(creationTime)) !== true };
  },

  plan({ allowBlobPublicAccess: isAllowed }, _parameters, target) {
    if (!isAllowed) return { outcome: "nothing", reason: "The account forbids anonymous access already." };
    return {
      outcome: "change",
      after: { allowBlobPublicAccess: false },
      calls: [update(target, { allowBlobPublicAccess: false })],
      notes: [
        "Whoever reads blobs of this account without signing in, such as visitors of a website, is turned away from then on.",
      ],
    };
  },

  wayBack: (before, _present, target) => ({ calls: [update(target, before)] }),
});

type KeyReminder = {
  /** Null where no period is set. */
  days: number | null;
  /** Azure takes a period only once it knows when both keys were made. */
  areKeysDated: boolean;
};
const Reminder = z.object({ days: z.int().min(1).max(365).default(90) });

export const setKeyReminder = defineOperation<"azure", KeyReminder, z.output<typeof Reminder>>({
  id: "azure.storage.set-key-reminder",
  cloud: "azure",
  title: "Have Azure remind of rotating the account's keys",
  kinds: ["azure.storage.account"],
  parameters: Reminder,
  reads,
  calls: ["azure.storage.storageAccounts.update"],

  async read(access, context) {
    const account = await readAccount(access, context);
    if (!account) return null;
    const { keyPolicy, keyCreationTime } = account;
    return {
      days: keyPolicy?.keyExpirationPeriodInDays || null,
      areKeysDated: keyNames.every((key) => timeOf(keyCreationTime?.[key]) !== null),
    };
  },

  plan({ days: present, areKeysDated }, { days }, target) {
    if (present !== null)
      return { outcome: "nothing", reason: `Azure reminds of the keys every ${present} days already.` };
    if (!areKeysDated) {
      return {
        outcome: "refused",
        reason: "Azure doesn't know when the account's keys were made. Regenerate both of them first.",
      };
    }
    return {
      outcome: "change",
      after: { days, areKeysDated },
      calls: [update(target, { keyPolicy: { keyExpirationPeriodInDays: days } })],
      notes: ["The reminder shows in the portal and to Azure Policy; it changes no key."],
    };
  },

  wayBack: ({ days }, _present, target) => ({
    calls: [update(target, { keyPolicy: { keyExpirationPeriodInDays: days ?? 0 } })],
  }),
});

type KeyName = (typeof keyNames)[number];
/** When the key was made; null where Azure doesn't know. */
type KeyAge = { madeAt: Json };

/** One key each, so that each is regenerated once, whatever becomes of the other. */
const regenerate = (key: KeyName, other: KeyName) =>
  defineOperation<"azure", KeyAge, Record<string, never>>({
    id: `azure.storage.regenerate-${key}`,
    cloud: "azure",
    title: `Regenerate ${key} of the account`,
    kinds: ["azure.storage.account"],
    parameters: z.object({}),
    irreversible: `A key that was regenerated is gone: whoever still uses ${key}, or what was signed with it, is turned away.`,
    reads,
    calls: ["azure.storage.storageAccounts.regenerateKey"],

    async read(access, context) {
      const account = await readAccount(access, context);
      return account && { madeAt: timeOf(account.keyCreationTime?.[key]) };
    },

    plan: ({ madeAt }, _parameters, target) => ({
      outcome: "change",
      after: { madeAt: { $output: "regenerate.madeAt" } },
      calls: [
        {
          id: "regenerate",
          api: "azure.storage.storageAccounts.regenerateKey",
          input: { accountId: target.uid, key, madeAt },
        },
      ],
      notes: [
        `Move every client to ${other}, or better to an Entra identity, first. Whoever may list the account's keys finds the new one there.`,
      ],
    }),

    wayBack: () => ({ irreversible: `The old ${key} is gone.` }),
  });

export const regenerateKey1 = regenerate("key1", "key2");
export const regenerateKey2 = regenerate("key2", "key1");
