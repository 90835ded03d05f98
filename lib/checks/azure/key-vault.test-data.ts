import type { ResourceConfigs } from "#lib/inventory/kinds.ts";

type Vault = ResourceConfigs["azure.keyvault.vault"];
type Key = ResourceConfigs["azure.keyvault.key"];
type Secret = ResourceConfigs["azure.keyvault.secret"];

const vaultId =
  "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv";

export const rules = (defaultAction: "Allow" | "Deny", ...ipRanges: string[]) => ({
  defaultAction,
  bypass: ["AzureServices"],
  ipRanges,
  subnetIds: [],
});

/** A vault with nothing wrong except for the change; `undefined` leaves a field unread. */
export const vault = (change: Partial<Vault> = {}): { config: Vault } => ({
  config: {
    sku: "standard",
    softDeleteDays: 90,
    purgeProtection: true,
    rbac: true,
    publicNetworkAccess: "Disabled",
    networkRules: rules("Deny"),
    privateEndpoints: ["Approved"],
    ...change,
  },
});

export const key = (change: Partial<Key> = {}): { config: Key } => ({
  config: {
    vaultId,
    enabled: true,
    createdAt: "2025-12-01T00:00:00.000Z",
    expiresAt: "2026-12-01T00:00:00.000Z",
    keyType: "RSA",
    rotation: { rotates: true, notifies: true, expiresAfter: "P1Y" },
    ...change,
  },
});

export const secret = (change: Partial<Secret> = {}): { config: Secret } => ({
  config: {
    vaultId,
    enabled: true,
    contentType: null,
    createdAt: "2025-12-01T00:00:00.000Z",
    notBefore: "2025-12-01T00:00:00.000Z",
    expiresAt: "2026-06-01T00:00:00.000Z",
    ...change,
  },
});
