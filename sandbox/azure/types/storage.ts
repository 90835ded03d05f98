import { randomBytes } from "node:crypto";
import { type ArmCall, type ArmResource, type ArmType, AzureError } from "#sandbox/azure/model.ts";

const containerType = "Microsoft.Storage/storageAccounts/blobServices/containers";

/** Storage accounts with their settings for blobs and files. */
export const storageTypes: readonly ArmType[] = [
  {
    type: "Microsoft.Storage/storageAccounts",
    write: writeAccount,
    actions: {
      listKeys: { run: (account) => ({ status: 200, value: { keys: keysOf(account) } }) },
      regenerateKey: {
        permission: "Microsoft.Storage/storageAccounts/regeneratekey/action",
        run: regenerateKey,
      },
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
  {
    type: containerType,
    list: (call) => {
      accountOf(call);
      return call.subscription.tree.in(call.path.id);
    },
    // A list tells nothing of metadata's values, and nothing else that is kept here is left out.
    write: writeContainer,
  },
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

/** The account that a path is about or lies below. */
function accountOf({ path, subscription }: ArmCall): ArmResource {
  const [id = ""] = path.id.split(/\/blobServices/i);
  const account = subscription.tree.get(id);
  if (account) return account;
  throw new AzureError(
    404,
    "ParentResourceNotFound",
    `Failed to perform the operation on resource(s) of type '${path.type}', because the parent resource '${path.names[0]}' could not be found.`,
  );
}

function writeContainer(next: ArmResource, _: ArmResource | null, call: ArmCall): ArmResource {
  const account = accountOf(call);
  if (!/^(\$root|\$web|[a-z0-9](-?[a-z0-9]){2,62})$/.test(next.name)) {
    throw new AzureError(400, "ContainerNameInvalid", `${next.name} is not a valid container name.`);
  }
  const { publicAccess = "None" } = next.properties;
  if (!["None", "Blob", "Container"].includes(String(publicAccess))) {
    throw new AzureError(
      400,
      "InvalidValuesForRequestParameters",
      "Values for request parameters are invalid: publicAccess.",
    );
  }
  if (publicAccess !== "None" && account.properties.allowBlobPublicAccess === false) {
    throw new AzureError(
      409,
      "PublicAccessNotPermitted",
      "Public access is not permitted on this storage account.",
    );
  }
  return {
    ...next,
    properties: { hasLegalHold: false, hasImmutabilityPolicy: false, ...next.properties, publicAccess },
  };
}

/** Azure dates keys since 2021; it takes no period for those that it doesn't know the age of. */
function checkAccount({ name, properties }: ArmResource): void {
  for (const field of ["allowBlobPublicAccess", "allowSharedKeyAccess", "supportsHttpsTrafficOnly"]) {
    const value = properties[field];
    if (value !== undefined && value !== null && typeof value !== "boolean") {
      throw new AzureError(
        400,
        "InvalidRequestContent",
        `The value of ${field} of ${name} must be true or false.`,
      );
    }
  }
  const days: unknown = Reflect.get(Object(properties.keyPolicy), "keyExpirationPeriodInDays");
  if (days === undefined || days === 0) return;
  const times = Object(properties.keyCreationTime);
  if (!times.key1 || !times.key2) {
    throw new AzureError(
      400,
      "InvalidRequestPropertyValue",
      "The value of 'properties.keyPolicy' is invalid: both access keys must be rotated before a key policy can be set.",
    );
  }
}

function regenerateKey(account: ArmResource | null, body: Record<string, unknown>, { now }: ArmCall) {
  const { keyName } = body;
  if (!account || (keyName !== "key1" && keyName !== "key2")) {
    throw new AzureError(
      400,
      "InvalidValuesForRequestParameters",
      "Values for request parameters are invalid: keyName.",
    );
  }
  const { properties } = account;
  properties.keyCreationTime = { ...Object(properties.keyCreationTime), [keyName]: now.toISOString() };
  return { status: 200, value: { keys: keysOf(account) } };
}

/** What Azure adds to an account, and what it keeps whatever is written. */
function writeAccount(next: ArmResource, previous: ArmResource | null, { now }: ArmCall): ArmResource {
  if (!/^[a-z0-9]{3,24}$/.test(next.name)) {
    throw new AzureError(400, "AccountNameInvalid", `${next.name} is not a valid storage account name.`);
  }
  const { properties } = next;
  if (previous) checkAccount(next);
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
