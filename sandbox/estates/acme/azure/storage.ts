import { inGroup } from "#sandbox/estates/build/azure/site.ts";
import { addStorageAccount, guardedBlobs, guardedFiles } from "#sandbox/estates/build/azure/storage.ts";
import type { AcmeAzureSite } from "../../acme-azure.ts";
import { officeCidr, tagsOf } from "../company.ts";

/** The storage accounts that have a story. */
export function addStorage(site: AcmeAzureSite): void {
  if (site.environment === "production") addShops(site);
  else addAnalytics(site);
}

function addShops(site: AcmeAzureSite): void {
  const { environment } = site;
  const shop = inGroup(site, "rg-shop-prod", "westeurope", tagsOf(environment, "checkout"));
  addStorageAccount(shop, {
    name: "acmeshopreceipts",
    tags: tagsOf(environment, "checkout"),
    privateEndpoint: true,
  });
  // Put up for the shop's pictures in 2019, open to the world by design; statements landed here later.
  addStorageAccount(shop, {
    name: "acmeshopmedia2019",
    sku: "Standard_LRS",
    tags: tagsOf(environment, "marketing"),
    createdDaysAgo: 2400,
    keyAgeDays: [2400, 700],
    network: "everyone",
    blobs: { deleteRetentionPolicy: { enabled: false } },
    files: { shareDeleteRetentionPolicy: { enabled: false }, protocolSettings: { smb: {} } },
    containers: { pictures: "Blob", statements: "Container", uploads: "None" },
    properties: {
      supportsHttpsTrafficOnly: false,
      minimumTlsVersion: "TLS1_0",
      allowBlobPublicAccess: true,
      allowSharedKeyAccess: true,
      allowCrossTenantReplication: true,
      defaultToOAuthAuthentication: false,
      publicNetworkAccess: "Enabled",
      keyPolicy: undefined,
    },
  });
  // A bank's batch software sends files over SMB from the office, with the account's key.
  addStorageAccount(shop, {
    name: "acmebankfiles",
    kind: "FileStorage",
    sku: "Premium_ZRS",
    tags: tagsOf(environment, "payouts"),
    keyAgeDays: [120, 15],
    network: { ipRanges: [officeCidr], bypass: "None" },
    files: {
      ...guardedFiles,
      protocolSettings: {
        smb: { versions: "SMB3.0;SMB3.1.1;", channelEncryption: "AES-128-GCM;AES-256-GCM;" },
      },
    },
    properties: { allowSharedKeyAccess: true, publicNetworkAccess: "Enabled" },
  });
  const audit = inGroup(site, "rg-audit-prod", "northeurope", tagsOf(environment, "security"));
  addStorageAccount(audit, {
    name: "acmeauditlogs",
    sku: "Standard_RAGZRS",
    tags: tagsOf(environment, "security"),
    privateEndpoint: true,
    keyAgeDays: [20, 20],
  });
}

function addAnalytics(site: AcmeAzureSite): void {
  const { environment } = site;
  const lake = inGroup(site, "rg-lake-staging", "germanywestcentral", tagsOf(environment, "data"));
  addStorageAccount(lake, {
    name: "acmelakestaging",
    sku: "Standard_ZRS",
    tags: tagsOf(environment, "data"),
    privateEndpoint: true,
    // The lake has its own history, and versions are not for hierarchical accounts.
    blobs: { ...guardedBlobs, isVersioningEnabled: false },
    properties: { isHnsEnabled: true },
  });
  // Made in the portal for one experiment, with whatever the portal proposed in that year.
  addStorageAccount(lake, {
    name: "mlexperiments0421",
    sku: "Standard_LRS",
    tags: { Owner: "mei.tanaka@acme.example" },
    createdDaysAgo: 1600,
    keyAgeDays: [1600, 1600],
    network: "everyone",
    blobs: {},
    files: {},
    containers: { datasets: "Blob", notebooks: "None" },
    properties: {
      minimumTlsVersion: "TLS1_1",
      allowBlobPublicAccess: undefined,
      allowSharedKeyAccess: undefined,
      allowCrossTenantReplication: undefined,
      defaultToOAuthAuthentication: undefined,
      publicNetworkAccess: undefined,
      keyPolicy: undefined,
    },
  });
}
