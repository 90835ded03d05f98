import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const diskCustomerKey = defineCheck({
  id: "azure.compute.disk-customer-key",
  title: "Managed disk is encrypted with a customer-managed key",
  severity: "low",
  resource: "azure.compute.disk",
  permissions: ["Microsoft.Compute/disks/read"],
  risk: "Azure encrypts every disk with a key of its own, which nobody can withdraw. With a key of yours, access to the data can be logged, and ended by disabling the key.",
  remediation: {
    text: "Make a disk encryption set over a key in Key Vault, and set it on the disk while its machine is stopped.",
    url: "https://learn.microsoft.com/azure/virtual-machines/disks-enable-customer-managed-keys-portal",
    console: [
      "Stop the virtual machine and open the disk in the portal, then Encryption.",
      "Set Key management to Customer-managed key and choose a disk encryption set.",
      "Save, then start the machine.",
    ],
    cli: "az disk update --ids {uid} --encryption-type EncryptionAtRestWithCustomerKey --disk-encryption-set SET_ID",
    terraform: `resource "azurerm_managed_disk" "this" {
  name                   = "{name}"
  location               = "{region}"
  resource_group_name    = "GROUP"
  storage_account_type   = "Premium_LRS"
  create_option          = "Empty"
  disk_size_gb           = 128
  disk_encryption_set_id = azurerm_disk_encryption_set.this.id
}`,
  },
  evaluate: ({ encryption, attachedTo }) => {
    if (encryption === undefined) return unknown("encryption");
    const which = attachedTo.length ? "The disk" : "The unattached disk";
    return encryption === "platform"
      ? fail(`${which} is encrypted with Azure's own key.`, "/encryption")
      : pass();
  },
});
