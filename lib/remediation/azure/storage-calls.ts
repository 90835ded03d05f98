import type { PublicAccess } from "@azure/arm-storage";
import { z } from "zod";
import { timeOf } from "#lib/inventory/answers.ts";
import { resourceGroupOf } from "#lib/inventory/azure/arm.ts";
import { armUrl, azRest, defineAzureCall, nameIn } from "./azure-call.ts";

const Account = z.object({ accountId: z.string().min(1).max(500) });
const apiVersion = "2024-01-01";

export const publicAccesses = ["None", "Blob", "Container"] as const satisfies PublicAccess[];
export const keyNames = ["key1", "key2"] as const;

const containerUrl = (accountId: string, name: string): string =>
  armUrl(`${accountId}/blobServices/default/containers/${name}`, apiVersion);

export const storageCalls = [
  defineAzureCall({
    api: "azure.storage.storageAccounts.update",
    input: Account.extend({
      allowBlobPublicAccess: z.boolean().optional(),
      keyPolicy: z.object({ keyExpirationPeriodInDays: z.int().min(0).max(3650) }).optional(),
    }),
    permissions: ["Microsoft.Storage/storageAccounts/write"],
    async send({ clients }, { accountId, ...change }, { signal }) {
      // The SDK leaves out all properties unless one is set that it looks for, and it looks for some by a wrong name.
      const found = { ...change, AllowBlobPublicAccess: change.allowBlobPublicAccess };
      await clients.storage.storageAccounts.update(resourceGroupOf(accountId), nameIn(accountId), found, {
        abortSignal: signal,
      });
      return null;
    },
    command: ({ accountId, ...properties }) => azRest("patch", armUrl(accountId, apiVersion), { properties }),
  }),
  defineAzureCall({
    api: "azure.storage.blobContainers.update",
    input: Account.extend({ container: z.string().min(1).max(63), publicAccess: z.enum(publicAccesses) }),
    permissions: ["Microsoft.Storage/storageAccounts/blobServices/containers/write"],
    async send({ clients }, { accountId, container, publicAccess }, { signal }) {
      await clients.storage.blobContainers.update(
        resourceGroupOf(accountId),
        nameIn(accountId),
        container,
        { publicAccess },
        { abortSignal: signal },
      );
      return null;
    },
    command: ({ accountId, container, publicAccess }) =>
      azRest("patch", containerUrl(accountId, container), { properties: { publicAccess } }),
  }),
  defineAzureCall({
    api: "azure.storage.storageAccounts.regenerateKey",
    /** `madeAt`: when the key that is to go was made, as Azure says; null where it doesn't know. */
    input: Account.extend({ key: z.enum(keyNames), madeAt: z.string().nullable() }),
    permissions: [
      "Microsoft.Storage/storageAccounts/regeneratekey/action",
      "Microsoft.Storage/storageAccounts/read",
    ],
    async send({ clients }, { accountId, key }, { signal }) {
      const { keys = [] } = await clients.storage.storageAccounts.regenerateKey(
        resourceGroupOf(accountId),
        nameIn(accountId),
        { keyName: key },
        { abortSignal: signal },
      );
      return { madeAt: timeOf(keys.find(({ keyName }) => keyName === key)?.creationTime) };
    },
    // A key that is newer than the one that was to go has been made by the attempt before.
    async find({ clients }, { accountId, key, madeAt }, { signal }) {
      const { keyCreationTime } = await clients.storage.storageAccounts.getProperties(
        resourceGroupOf(accountId),
        nameIn(accountId),
        { abortSignal: signal },
      );
      const now = timeOf(keyCreationTime?.[key]);
      return now === madeAt ? null : { madeAt: now };
    },
    command: ({ accountId, key }) =>
      azRest("post", armUrl(`${accountId}/regenerateKey`, apiVersion), { keyName: key }),
  }),
];
