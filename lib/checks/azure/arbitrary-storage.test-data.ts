import fc from "fast-check";
import {
  type Arbitraries,
  boolean,
  constant,
  constantFrom,
  date,
  list,
  nullable,
  text,
} from "#lib/checks/arbitrary-basics.test-data.ts";
import type { AzureKeyVaultKinds } from "#lib/inventory/azure/keyvault.kinds.ts";
import type { AzureStorageKinds } from "#lib/inventory/azure/storage.kinds.ts";

const networkRules = fc.record({
  defaultAction: constantFrom("Allow" as const, "Deny" as const),
  bypass: list(constantFrom("AzureServices", "Logging"), 1),
  ipRanges: list(constantFrom("198.51.100.0/24", "0.0.0.0/0", "203.0.113.7", "::/0"), 1),
  subnetIds: list(text, 1),
});
const publicNetworkAccess = nullable(constantFrom("Enabled", "Disabled", "SecuredByPerimeter"));
const privateEndpoints = list(constantFrom("Approved", "Pending"), 2);
const retention = nullable(fc.record({ days: constantFrom(1, 7, 30) }));
/** Around the day on which Azure changed what counts where nothing was set. */
const createdAt = nullable(
  constantFrom("2019-01-01T00:00:00.000Z", "2024-06-01T00:00:00.000Z", "2026-01-20T00:00:00.000Z"),
);

export const storageConfigs: Arbitraries<keyof AzureStorageKinds | keyof AzureKeyVaultKinds> = {
  "azure.storage.account": {
    whole: fc.record({
      accountKind: constantFrom("StorageV2", "FileStorage"),
      sku: constantFrom("Standard_LRS", "Standard_GRS", "Standard_RAGZRS", "Premium_ZRS"),
      createdAt,
      httpsOnly: boolean(),
      minTlsVersion: nullable(constantFrom("TLS1_0", "TLS1_1", "TLS1_2", "TLS1_3")),
      blobPublicAccess: nullable(boolean()),
      publicNetworkAccess,
      networkRules,
      privateEndpoints,
      sharedKeyAccess: nullable(boolean()),
      crossTenantReplication: nullable(boolean()),
      defaultToEntra: nullable(boolean()),
      keyReminderDays: nullable(constant(90)),
      keysCreatedAt: fc.record({ key1: nullable(date), key2: nullable(date) }),
      isHierarchical: boolean(),
      blobs: nullable(
        fc.record({ softDelete: retention, containerSoftDelete: retention, versioning: boolean() }),
      ),
      files: nullable(
        fc.record({
          softDelete: retention,
          smb: fc.record({
            versions: nullable(constantFrom(["SMB3.1.1"], ["SMB2.1", "SMB3.1.1"])),
            channelEncryption: nullable(constantFrom(["AES-256-GCM"], ["AES-128-GCM", "AES-256-GCM"])),
          }),
        }),
      ),
    }),
    optional: [
      "sku",
      "httpsOnly",
      "minTlsVersion",
      "blobPublicAccess",
      "publicNetworkAccess",
      "networkRules",
      "privateEndpoints",
      "sharedKeyAccess",
      "crossTenantReplication",
      "defaultToEntra",
      "keyReminderDays",
      "keysCreatedAt",
      "blobs",
      "files",
    ],
  },
  "azure.keyvault.vault": {
    whole: fc.record({
      sku: nullable(constantFrom("standard", "premium")),
      softDeleteDays: nullable(constantFrom(7, 90)),
      purgeProtection: nullable(boolean()),
      rbac: nullable(boolean()),
      publicNetworkAccess,
      networkRules: nullable(networkRules),
      privateEndpoints,
    }),
    optional: ["purgeProtection", "rbac", "publicNetworkAccess", "networkRules", "privateEndpoints"],
  },
  "azure.keyvault.key": {
    whole: fc.record({
      vaultId: text,
      enabled: boolean(),
      createdAt: nullable(date),
      expiresAt: nullable(date),
      keyType: nullable(constantFrom("RSA", "EC")),
      rotation: nullable(
        fc.record({ rotates: boolean(), notifies: boolean(), expiresAfter: constant("P1Y") }),
      ),
    }),
    optional: ["enabled", "expiresAt", "keyType", "rotation"],
  },
  "azure.keyvault.secret": {
    whole: fc.record({
      vaultId: text,
      enabled: boolean(),
      contentType: nullable(constantFrom("application/x-pkcs12", "application/x-pem-file", "text/plain")),
      createdAt: nullable(date),
      notBefore: nullable(constantFrom("2024-06-01T00:00:00.000Z", "2025-12-01T00:00:00.000Z")),
      expiresAt: nullable(constantFrom("2026-06-01T00:00:00.000Z", "2026-07-01T00:00:00.000Z")),
    }),
    optional: ["enabled", "notBefore", "expiresAt"],
  },
};
