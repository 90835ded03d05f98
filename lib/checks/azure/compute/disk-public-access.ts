import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const diskPublicAccess = defineCheck({
  id: "azure.compute.disk-public-access",
  title: "Managed disk can't be exported over the internet",
  severity: "low",
  resource: "azure.compute.disk",
  permissions: ["Microsoft.Compute/disks/read"],
  risk: "Whoever may make a signed URL for the disk can download all of it from anywhere, past every network rule. The URL works for anyone who gets hold of it.",
  remediation: {
    text: "Disable public and private access, or allow export only through a private endpoint with a disk access resource.",
    url: "https://learn.microsoft.com/azure/virtual-machines/disks-restrict-import-export-overview",
    console: [
      "Open the disk in the portal, then Networking.",
      "Set Network access to Disable public and private access.",
      "Save.",
    ],
    cli: "az disk update --ids {uid} --network-access-policy DenyAll --public-network-access Disabled",
    terraform: `resource "azurerm_managed_disk" "this" {
  name                          = "{name}"
  location                      = "{region}"
  resource_group_name           = "GROUP"
  storage_account_type          = "Premium_LRS"
  create_option                 = "Empty"
  disk_size_gb                  = 128
  network_access_policy         = "DenyAll"
  public_network_access_enabled = false
}`,
  },
  evaluate: ({ networkAccess, publicNetworkAccess }) => {
    if (publicNetworkAccess === "Disabled" || networkAccess === "DenyAll" || networkAccess === "AllowPrivate")
      return pass();
    if (!publicNetworkAccess || !networkAccess) return unknown("network access");
    return fail(
      "A signed URL for the disk works from every network.",
      "/networkAccess",
      "/publicNetworkAccess",
    );
  },
});
