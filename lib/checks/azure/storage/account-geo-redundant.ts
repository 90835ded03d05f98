import { defineCheck, fail, manual, pass, unknown } from "#lib/checks/model.ts";

export const accountGeoRedundant = defineCheck({
  id: "azure.storage.account-geo-redundant",
  title: "Storage account keeps a copy in a second region",
  severity: "low",
  resource: "azure.storage.account",
  permissions: ["Microsoft.Storage/storageAccounts/read"],
  risk: "Data kept in one region goes with the region, for hours in an outage and for good in a disaster. Accounts with critical data need a copy elsewhere.",
  remediation: {
    text: "Change the redundancy to geo-redundant or geo-zone-redundant storage where the data is critical.",
    url: "https://learn.microsoft.com/azure/storage/common/redundancy-migration",
    console: [
      "Open the storage account {name} in the portal, then Data management, Redundancy.",
      "Choose Geo-redundant storage (GRS) or Geo-zone-redundant storage (GZRS).",
      "Save.",
    ],
    cli: "az storage account update --ids {uid} --sku Standard_GRS",
    terraform: `resource "azurerm_storage_account" "this" {
  name = "{name}"
  # …
  account_tier             = "Standard"
  account_replication_type = "GZRS"
}`,
  },
  evaluate: ({ sku }) => {
    if (sku === undefined) return unknown("redundancy");
    if (/_(RA)?GZ?RS$/.test(sku)) return pass();
    // No account of a premium tier can be had with a second region.
    if (sku.startsWith("Premium"))
      return manual(`Azure offers no second region for ${sku}: see how else it is backed up.`);
    return fail(`The redundancy is ${sku}, which stays in one region.`, "/sku");
  },
});
