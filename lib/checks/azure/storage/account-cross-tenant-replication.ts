import { isAfterDefaultsChanged } from "#lib/checks/azure/storage-defaults.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const accountCrossTenantReplication = defineCheck({
  id: "azure.storage.account-cross-tenant-replication",
  title: "Storage account replicates to no other tenant",
  severity: "medium",
  resource: "azure.storage.account",
  permissions: ["Microsoft.Storage/storageAccounts/read"],
  risk: "Where it is allowed, one rule written by whoever may change the account copies every new blob into an account of somebody else's tenant. Nothing in the account shows then that it is read elsewhere.",
  remediation: {
    text: "Forbid cross-tenant replication; remove replication policies that lead to other tenants first.",
    url: "https://learn.microsoft.com/azure/storage/blobs/object-replication-prevent-cross-tenant-policies",
    console: [
      "Open the storage account {name} in the portal, then Data management, Object replication.",
      "Select Advanced settings.",
      "Clear Allow cross-tenant replication and confirm.",
    ],
    cli: "az storage account update --ids {uid} --allow-cross-tenant-replication false",
    terraform: `resource "azurerm_storage_account" "this" {
  name = "{name}"
  # …
  cross_tenant_replication_enabled = false
}`,
  },
  evaluate: ({ crossTenantReplication, createdAt }) => {
    if (crossTenantReplication === undefined) return unknown("replication to other tenants");
    if (crossTenantReplication === false) return pass();
    if (crossTenantReplication)
      return fail("Replication to other tenants is allowed.", "/crossTenantReplication");
    const isForbidden = isAfterDefaultsChanged(createdAt);
    if (isForbidden === null) return unknown("age of the account");
    return isForbidden
      ? pass()
      : fail("Replication to other tenants was never forbidden.", "/crossTenantReplication");
  },
});
