import { randomBytes } from "node:crypto";
import { type ArmCall, type ArmResource, type ArmType, AzureError } from "#sandbox/azure/model.ts";

/** Storage accounts with their settings for blobs and files. */
export const storageTypes: readonly ArmType[] = [
  {
    type: "Microsoft.Storage/storageAccounts",
    write: writeAccount,
    actions: {
      listKeys: { run: (account) => ({ status: 200, value: { keys: keysOf(account) } }) },
    },
  },
  serviceType("blobServices", ["StorageV2", "Storage", "BlobStorage", "BlockBlobStorage"], {
    cors: { corsRules: [] },
    deleteRetentionPolicy: { enabled: false },
  }),
  serviceType("fileServices", ["StorageV2", "Storage", "FileStorage"], {
    protocolSettings: { smb: {} },
    shareDeleteRetentionPolicy: { enabled: true, days: 7 },
  }),
];

/** The one `default` of a service, which exists with its account and answers defaults until it is written. */
function serviceType(service: string, kinds: string[], defaults: Record<string, unknown>): ArmType {
  const type = `Microsoft.Storage/storageAccounts/${service}`;
  const settings = (call: ArmCall): ArmResource => {
    const { tree } = call.subscription;
    const [accountId = ""] = call.path.id.split(new RegExp(`/${service}`, "i"));
    const account = tree.get(accountId);
    if (!account) {
      throw new AzureError(
        404,
        "ResourceNotFound",
        `The Resource 'Microsoft.Storage/storageAccounts/${call.path.names[0]}' under resource group '${call.path.resourceGroup}' was not found.`,
      );
    }
    if (!kinds.includes(String(account.kind))) {
      throw new AzureError(400, "FeatureNotSupportedForAccount", `The account doesn't have ${service}.`);
    }
    const id = `${account.id}/${service}/default`;
    return tree.get(id) ?? { id, name: "default", type, sku: account.sku, properties: { ...defaults } };
  };
  return {
    type,
    get: (call) => (call.path.names[1]?.toLowerCase() === "default" ? settings(call) : null),
    list: (call) => [settings(call)],
  };
}

/** What Azure adds to an account, and what it keeps whatever is written. */
function writeAccount(next: ArmResource, previous: ArmResource | null, { now }: ArmCall): ArmResource {
  if (!/^[a-z0-9]{3,24}$/.test(next.name)) {
    throw new AzureError(400, "AccountNameInvalid", `${next.name} is not a valid storage account name.`);
  }
  const { properties } = next;
  const made = { key1: now.toISOString(), key2: now.toISOString() };
  return {
    ...next,
    kind: next.kind ?? "StorageV2",
    properties: {
      supportsHttpsTrafficOnly: true,
      networkAcls: { bypass: "AzureServices", virtualNetworkRules: [], ipRules: [], defaultAction: "Allow" },
      keyCreationTime: previous?.properties.keyCreationTime ?? made,
      creationTime: previous?.properties.creationTime ?? now.toISOString(),
      primaryEndpoints: endpointsOf(next.name, String(next.kind ?? "StorageV2")),
      primaryLocation: next.location,
      statusOfPrimary: "available",
      ...properties,
    },
  };
}

/** The services that an account of a kind has, by their addresses. */
export function endpointsOf(name: string, kind: string): Record<string, string> {
  const services =
    kind === "FileStorage"
      ? ["file"]
      : /^Bl/.test(kind)
        ? ["blob", "dfs"]
        : ["blob", "dfs", "file", "queue", "table"];
  return Object.fromEntries(
    services.map((service) => [service, `https://${name}.${service}.core.windows.net/`]),
  );
}

/** Nobody's keys: they are made up for each answer. */
const keysOf = (account: ArmResource | null) =>
  ["key1", "key2"].map((keyName) => ({
    keyName,
    value: randomBytes(64).toString("base64"),
    permissions: "FULL",
    creationTime: Reflect.get(Object(account?.properties.keyCreationTime), keyName),
  }));
