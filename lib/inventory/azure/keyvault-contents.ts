import type { Key, RotationPolicy, Secret, Vault } from "@azure/arm-keyvault";
import { classifyAzureError } from "#lib/clouds/azure/errors.ts";
import {
  cut,
  MalformedAnswer,
  namingFailures,
  readAndUnread,
  readPromised,
  required,
  timeOf,
} from "../answers.ts";
import type { Kind, Resource } from "../model.ts";
import { armId, armResource, resourceGroupOf } from "./arm.ts";
import { type ArmPages, allOf } from "./arm-list.ts";
import type { AzureCollector, AzureContext } from "./collector.ts";
import { listVaults, readVaults } from "./keyvault.ts";
import { listedBelow } from "./listed-below.ts";

const readKeys = "Microsoft.KeyVault/vaults/keys/read";
const readSecrets = "Microsoft.KeyVault/vaults/secrets/read";

export const vaultKeys: AzureCollector<"azure.keyvault.key"> = {
  kind: "azure.keyvault.key",
  cloud: "azure",
  service: "keyvault",
  scope: "global",
  permissions: [readVaults, readKeys],
  collect(context) {
    const { clients, signal } = context;
    return inEachVault(
      context,
      readKeys,
      (group, vault) => clients.keyvault.keys.list(group, vault, { abortSignal: signal }),
      (key, vaultId) => describeKey(context, key, vaultId),
    );
  },
};

export const vaultSecrets: AzureCollector<"azure.keyvault.secret"> = {
  kind: "azure.keyvault.secret",
  cloud: "azure",
  service: "keyvault",
  scope: "global",
  permissions: [readVaults, readSecrets],
  collect(context) {
    const { clients, signal } = context;
    return inEachVault(
      context,
      readSecrets,
      (group, vault) => clients.keyvault.secrets.list(group, vault, { abortSignal: signal }),
      (secret, vaultId) => describeSecret(context, secret, vaultId),
    );
  },
};

/** Lists what is in each vault. A vault that can't be listed leaves the kind incomplete, and the others are read. */
function inEachVault<T, K extends Kind>(
  context: AzureContext,
  operation: string,
  list: (group: string, vault: string) => ArmPages<T>,
  toResource: (item: T, vaultId: string) => Promise<Resource<K> | null>,
): AsyncIterable<Resource<K>> {
  const found = listedBelow(listVaults(context), async (vault: Vault) => {
    const vaultId = armId(vault.id);
    const items = await namingFailures(operation, () =>
      allOf(list(resourceGroupOf(vaultId), required(vault.name, "name"))).catch((error: unknown) => {
        // Deleted since the vaults were listed, with all that was in it.
        if (isGone(error)) return [];
        throw error;
      }),
    );
    return items.map((item) => ({ item, vaultId }));
  });
  return context.each(found, ({ item, vaultId }) => toResource(item, vaultId));
}

const gone = ["ResourceNotFound", "ResourceGroupNotFound", "VaultNotFound", "ParentResourceNotFound"];
const isGone = (error: unknown): boolean => gone.includes(classifyAzureError(error)?.name ?? "");

async function describeKey(
  context: AzureContext,
  key: Key,
  vaultId: string,
): Promise<Resource<"azure.keyvault.key">> {
  const common = armResource(context, key);
  const { attributes } = key;
  const promised = await readPromised(context, common.uid, readKeys, {
    enabled: attributes?.enabled,
    expiresAt: attributes && timeOf(fromSeconds(attributes.expires)),
  });
  const details = await readKeyDetails(context, common.uid, vaultId, common.name);
  const facets = readAndUnread({ keyType: details?.keyType, rotation: details?.rotation });
  return {
    ...common,
    kind: "azure.keyvault.key",
    config: {
      vaultId,
      createdAt: timeOf(fromSeconds(attributes?.created)),
      ...promised.read,
      ...facets.read,
    },
    unread: [...promised.unread, ...facets.unread],
  };
}

/** A list tells neither a key's type nor its rotation policy. */
async function readKeyDetails(
  { clients, signal, read }: AzureContext,
  uid: string,
  vaultId: string,
  name: string,
) {
  const details = await read(
    uid,
    readKeys,
    async () => {
      const vault = required(vaultId.split("/").at(-1), "vault name");
      const key = await clients.keyvault.keys.get(resourceGroupOf(vaultId), vault, name, {
        abortSignal: signal,
      });
      // Azure leaves an empty policy out, but never the key's type: without it, nothing was told.
      return { keyType: required(key.kty, "kty"), rotation: rotationOf(key.rotationPolicy) };
    },
    { gone },
  );
  return details ?? undefined;
}

function rotationOf(policy: RotationPolicy | undefined) {
  if (!policy) return null;
  const does = (action: string) =>
    (policy.lifetimeActions ?? []).some((one) => one.action?.type?.toLowerCase() === action);
  return {
    rotates: does("rotate"),
    notifies: does("notify"),
    expiresAfter: policy.attributes?.expiryTime ? cut(policy.attributes.expiryTime) : null,
  };
}

async function describeSecret(
  context: AzureContext,
  secret: Secret,
  vaultId: string,
): Promise<Resource<"azure.keyvault.secret">> {
  const common = armResource(context, secret);
  const attributes = secret.properties?.attributes;
  const { read, unread } = await readPromised(context, common.uid, readSecrets, {
    enabled: attributes?.enabled,
    notBefore: attributes && timeOf(attributes.notBefore),
    expiresAt: attributes && timeOf(attributes.expires),
  });
  const contentType = secret.properties?.contentType;
  return {
    ...common,
    kind: "azure.keyvault.secret",
    config: {
      vaultId,
      contentType: contentType ? cut(contentType) : null,
      createdAt: timeOf(attributes?.created),
      ...read,
    },
    unread,
  };
}

/** Keys count time in seconds since 1970. */
function fromSeconds(seconds: number | undefined): Date | null {
  if (seconds === undefined || seconds === null) return null;
  if (typeof seconds !== "number") throw new MalformedAnswer("The answer holds a time that is none.");
  return new Date(seconds * 1000);
}
