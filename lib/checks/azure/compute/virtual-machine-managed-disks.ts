import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const virtualMachineManagedDisks = defineCheck({
  id: "azure.compute.virtual-machine-managed-disks",
  title: "Virtual machine uses managed disks",
  severity: "medium",
  resource: "azure.compute.virtual-machine",
  permissions: ["Microsoft.Compute/virtualMachines/read"],
  risk: "A disk that is a file in a storage account can be read and copied by whoever holds the account's key. It has neither access control nor encryption of its own.",
  remediation: {
    text: "Convert the machine to managed disks; Azure is retiring the others, and stops machines that still have them.",
    url: "https://learn.microsoft.com/azure/virtual-machines/unmanaged-disks-deprecation",
    console: [
      "Open the virtual machine in the portal, then Disks.",
      "Select Migrate to managed disks.",
      "Migrate; the machine restarts.",
    ],
    cli: "az vm convert --ids {uid}",
    terraform: `resource "azurerm_managed_disk" "this" {
  name                 = "{name}-data"
  location             = "{region}"
  resource_group_name  = "GROUP"
  storage_account_type = "Premium_LRS"
  create_option        = "Import"
  source_uri           = "https://ACCOUNT.blob.core.windows.net/vhds/FILE.vhd"
  storage_account_id   = azurerm_storage_account.this.id
}`,
  },
  evaluate: ({ diskIds, diskFiles }) => {
    if (diskFiles.length) {
      const count = diskFiles.length === 1 ? "A disk is a file" : `${diskFiles.length} disks are files`;
      return fail(`${count} in a storage account.`, ...diskFiles.map((_, index) => `/diskFiles/${index}`));
    }
    return diskIds.length ? pass() : unknown("disks");
  },
});
