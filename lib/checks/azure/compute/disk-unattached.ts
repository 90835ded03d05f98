import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const diskUnattached = defineCheck({
  id: "azure.compute.disk-unattached",
  title: "Managed disk is in use",
  severity: "low",
  resource: "azure.compute.disk",
  permissions: ["Microsoft.Compute/disks/read"],
  risk: "A disk that was left behind still holds the data of its machine, and whoever may attach or export it can read that. Nobody watches it, and it is paid for.",
  remediation: {
    text: "Delete the disk, after a snapshot if its data may be needed, or attach it.",
    url: "https://learn.microsoft.com/azure/virtual-machines/disks-find-unattached-portal",
    console: [
      "Open Disks in the portal and filter for Disk state Unattached.",
      "Select the disk, then Create snapshot if its data may be needed.",
      "Delete the disk.",
    ],
    cli: "az disk delete --ids {uid}",
    terraform: `resource "azurerm_virtual_machine_data_disk_attachment" "this" {
  managed_disk_id    = "{uid}"
  virtual_machine_id = azurerm_linux_virtual_machine.this.id
  lun                = 10
  caching            = "ReadOnly"
}`,
  },
  evaluate: ({ state, attachedTo }) => {
    if (attachedTo.length) return pass();
    if (state === undefined) return unknown("state");
    return state === "Unattached" ? fail("The disk is attached to no machine.", "/state") : pass();
  },
});
