import type { ArmResource } from "#sandbox/azure/model.ts";
import { endpointsOf } from "#sandbox/azure/types/storage.ts";
import { daysAgo, type Tags } from "../site.ts";
import { type AzureSite, addChild, addResource, armId } from "./site.ts";

export type NewStorageAccount = {
  /** 3 to 24 lower-case letters and digits. */
  name: string;
  kind?: "StorageV2" | "BlobStorage" | "BlockBlobStorage" | "FileStorage";
  sku?: string;
  tags?: Tags;
  createdDaysAgo?: number;
  /** Age of the two keys. */
  keyAgeDays?: [key1: number, key2: number];
  /** Addresses let in while all others are kept out; `"everyone"` lets all in. */
  network?: "everyone" | { ipRanges?: string[]; subnetIds?: string[]; bypass?: string };
  privateEndpoint?: boolean;
  /** Settings of the blob service and of the file service; Azure's defaults when left out. */
  blobs?: Record<string, unknown>;
  files?: Record<string, unknown>;
  /** Access levels of blob containers, by name; the templates make none. */
  containers?: Readonly<Record<string, "None" | "Blob" | "Container">>;
  /** What differs from the account that Acme's templates make. */
  properties?: Record<string, unknown>;
};

/** The settings that Acme's templates give an account: all that a benchmark asks for. */
const guarded = {
  supportsHttpsTrafficOnly: true,
  minimumTlsVersion: "TLS1_2",
  allowBlobPublicAccess: false,
  allowSharedKeyAccess: false,
  allowCrossTenantReplication: false,
  defaultToOAuthAuthentication: true,
  publicNetworkAccess: "Disabled",
  keyPolicy: { keyExpirationPeriodInDays: 90 },
};

/** Blob settings of the templates. */
export const guardedBlobs = {
  deleteRetentionPolicy: { enabled: true, days: 30 },
  containerDeleteRetentionPolicy: { enabled: true, days: 30 },
  isVersioningEnabled: true,
};

/** File settings of the templates. */
export const guardedFiles = {
  shareDeleteRetentionPolicy: { enabled: true, days: 30 },
  protocolSettings: {
    smb: { versions: "SMB3.1.1;", authenticationMethods: "Kerberos;", channelEncryption: "AES-256-GCM;" },
  },
};

/** A storage account as Acme's templates make it, except for what is said. */
export function addStorageAccount(site: AzureSite, account: NewStorageAccount): ArmResource {
  const { name, kind = "StorageV2", sku = "Standard_GZRS", tags = {}, properties = {} } = account;
  const [key1, key2] = account.keyAgeDays ?? [40, 40];
  const added = addResource(site, "Microsoft.Storage/storageAccounts", {
    name,
    kind,
    sku: { name: sku, tier: sku.split("_")[0] },
    tags,
    properties: {
      ...guarded,
      networkAcls: networkAcls(account.network ?? {}),
      privateEndpointConnections: account.privateEndpoint ? [privateConnection(site, name)] : [],
      keyCreationTime: { key1: daysAgo(site, key1).toISOString(), key2: daysAgo(site, key2).toISOString() },
      creationTime: daysAgo(site, account.createdDaysAgo ?? 400).toISOString(),
      primaryEndpoints: endpointsOf(name, kind),
      primaryLocation: site.location,
      statusOfPrimary: "available",
      encryption: {
        services: {
          blob: { keyType: "Account", enabled: true },
          file: { keyType: "Account", enabled: true },
        },
        keySource: "Microsoft.Storage",
      },
      ...properties,
    },
  });
  if (kind !== "FileStorage") {
    addChild(site, added.id, "blobServices/default", { properties: account.blobs ?? { ...guardedBlobs } });
  }
  for (const [container, publicAccess] of Object.entries(account.containers ?? {})) {
    addChild(site, added.id, `blobServices/default/containers/${container}`, {
      properties: { publicAccess, hasLegalHold: false, hasImmutabilityPolicy: false },
    });
  }
  if (kind === "StorageV2" || kind === "FileStorage") {
    addChild(site, added.id, "fileServices/default", { properties: account.files ?? { ...guardedFiles } });
  }
  return added;
}

function networkAcls(network: NonNullable<NewStorageAccount["network"]>) {
  const rules = network === "everyone" ? {} : network;
  return {
    bypass: rules.bypass ?? "AzureServices",
    virtualNetworkRules: (rules.subnetIds ?? []).map((id) => ({ id, action: "Allow", state: "Succeeded" })),
    ipRules: (rules.ipRanges ?? []).map((value) => ({ value, action: "Allow" })),
    ipv6Rules: [],
    defaultAction: network === "everyone" ? "Allow" : "Deny",
  };
}

function privateConnection(site: AzureSite, account: string) {
  const id = armId(site, "Microsoft.Storage/storageAccounts", account);
  return {
    id: `${id}/privateEndpointConnections/${account}.pe`,
    name: `${account}.pe`,
    type: "Microsoft.Storage/storageAccounts/privateEndpointConnections",
    properties: {
      privateEndpoint: { id: armId(site, "Microsoft.Network/privateEndpoints", `pe-${account}`) },
      privateLinkServiceConnectionState: {
        status: "Approved",
        description: "Auto-Approved",
        actionRequired: "None",
      },
      provisioningState: "Succeeded",
    },
  };
}
