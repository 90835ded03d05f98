/** How long something deleted can be had back; `null` when it is gone at once. */
export type Retention = { days: number } | null;

/** What guards the way to a resource, as storage accounts and key vaults have it. */
export type NetworkRules = {
  defaultAction: "Allow" | "Deny";
  /** Who passes all the same, such as `AzureServices`, `Logging`; empty for nobody. */
  bypass: string[];
  /** Addresses and ranges that are let in. */
  ipRanges: string[];
  /** ARM ids of subnets that are let in. */
  subnetIds: string[];
};

export interface AzureStorageKinds {
  /** Settings that Azure answers with `null` were never made; what counts then is said at each check. */
  "azure.storage.account": {
    /** `StorageV2`, `Storage`, `BlobStorage`, `BlockBlobStorage` or `FileStorage`. */
    accountKind: string;
    /** Redundancy and tier, such as `Standard_GRS`. */
    sku?: string;
    createdAt: string | null;
    httpsOnly?: boolean;
    /** Such as `TLS1_2`. */
    minTlsVersion?: string | null;
    blobPublicAccess?: boolean | null;
    publicNetworkAccess?: string | null;
    networkRules?: NetworkRules;
    /** States of the connections from private endpoints, such as `Approved`. */
    privateEndpoints?: string[];
    sharedKeyAccess?: boolean | null;
    crossTenantReplication?: boolean | null;
    defaultToEntra?: boolean | null;
    /** After how many days the keys' owner is reminded; `null` for never. */
    keyReminderDays?: number | null;
    /** When each of the two keys was made; `null` where Azure doesn't know. */
    keysCreatedAt?: { key1: string | null; key2: string | null };
    isHierarchical: boolean;
    /** `null` for accounts that have no blobs. */
    blobs?: { softDelete: Retention; containerSoftDelete: Retention; versioning: boolean } | null;
    /** `null` for accounts that have no file shares. What `smb` leaves out is not narrowed. */
    files?: {
      softDelete: Retention;
      smb: { versions: string[] | null; channelEncryption: string[] | null };
    } | null;
  };
}
