import type { ResourceConfigs } from "#lib/inventory/kinds.ts";

type Account = ResourceConfigs["azure.storage.account"];

/** A storage account with nothing wrong, for the tests of checks to change. */
const guarded: Account = {
  accountKind: "StorageV2",
  sku: "Standard_GZRS",
  createdAt: "2023-02-01T00:00:00.000Z",
  httpsOnly: true,
  minTlsVersion: "TLS1_2",
  blobPublicAccess: false,
  publicNetworkAccess: "Disabled",
  networkRules: { defaultAction: "Deny", bypass: ["AzureServices"], ipRanges: [], subnetIds: [] },
  privateEndpoints: ["Approved"],
  sharedKeyAccess: false,
  crossTenantReplication: false,
  defaultToEntra: true,
  keyReminderDays: 90,
  keysCreatedAt: { key1: "2026-01-10T00:00:00.000Z", key2: "2025-12-20T00:00:00.000Z" },
  isHierarchical: false,
  blobs: { softDelete: { days: 30 }, containerSoftDelete: { days: 30 }, versioning: true },
  files: {
    softDelete: { days: 30 },
    smb: { versions: ["SMB3.1.1"], channelEncryption: ["AES-256-GCM"] },
  },
};

/** An example with some fields changed; `undefined` leaves one unread. */
export const account = (change: Partial<Account> = {}): { config: Account } => ({
  config: { ...guarded, ...change },
});
