import { addKey, addSecret, addVault } from "#sandbox/estates/build/azure/keyvault.ts";
import { inGroup } from "#sandbox/estates/build/azure/site.ts";
import type { AcmeAzureSite } from "../../acme-azure.ts";
import { officeCidr, tagsOf } from "../company.ts";

const pkcs12 = "application/x-pkcs12";

/** The key vaults that have a story. */
export function addVaults(site: AcmeAzureSite): void {
  if (site.environment === "production") addShopVaults(site);
  else addDataVaults(site);
}

function addShopVaults(site: AcmeAzureSite): void {
  const { environment } = site;
  const shop = inGroup(site, "rg-shop-prod", "westeurope", tagsOf(environment, "checkout"));
  const vault = addVault(shop, { name: "kv-acme-shop", tags: tagsOf(environment, "checkout") });
  addKey(shop, vault, { name: "storage-cmk", expiresInDays: 300, rotatesAfter: "P90D" });
  addKey(shop, vault, { name: "token-signing", kty: "EC", expiresInDays: 120, rotatesAfter: "P180D" });
  addSecret(shop, vault, { name: "klarna-api-key", expiresInDays: 75 });
  addSecret(shop, vault, {
    name: "shop-acme-example",
    contentType: pkcs12,
    createdDaysAgo: 30,
    validDays: 365,
  });

  // The payouts team's first vault, from before roles: access policies, open to all networks, and nothing in it expires.
  const old = addVault(shop, {
    name: "payouts-secrets",
    tags: tagsOf(environment, "payouts"),
    privateEndpoint: false,
    properties: {
      enableRbacAuthorization: false,
      enablePurgeProtection: undefined,
      publicNetworkAccess: "Enabled",
      networkAcls: undefined,
      accessPolicies: [
        {
          tenantId: site.tenant.id,
          objectId: "5b7b1b0e-6f6e-4b59-9e57-0d7f4f1b6a21",
          permissions: { keys: ["all"], secrets: ["all"], certificates: ["all"], storage: [] },
        },
      ],
    },
  });
  addKey(shop, old, { name: "bank-files", createdDaysAgo: 1100 });
  addSecret(shop, old, { name: "swift-gateway-password", createdDaysAgo: 1100 });
  addSecret(shop, old, {
    name: "bank-mutual-tls",
    contentType: pkcs12,
    createdDaysAgo: 500,
    validDays: 1095,
  });
  // Switched off after the move, and kept for the auditors.
  addSecret(shop, old, { name: "swift-gateway-password-2022", createdDaysAgo: 1400, enabled: false });
}

function addDataVaults(site: AcmeAzureSite): void {
  const { environment } = site;
  const lake = inGroup(site, "rg-lake-staging", "germanywestcentral", tagsOf(environment, "data"));
  const vault = addVault(lake, {
    name: "kv-acme-lake",
    tags: tagsOf(environment, "data"),
    // Analysts reach it from the office.
    properties: {
      publicNetworkAccess: "Enabled",
      networkAcls: {
        bypass: "AzureServices",
        defaultAction: "Deny",
        ipRules: [{ value: officeCidr }],
        virtualNetworkRules: [],
      },
    },
  });
  addKey(lake, vault, { name: "lake-cmk", expiresInDays: 200 });
  addSecret(lake, vault, { name: "warehouse-password", expiresInDays: 30 });
}
