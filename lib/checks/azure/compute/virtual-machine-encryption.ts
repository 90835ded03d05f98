import { byId, nameIn } from "#lib/checks/azure/by-id.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const virtualMachineEncryption = defineCheck({
  id: "azure.compute.virtual-machine-encryption",
  title: "Virtual machine's disks, caches and temporary disk are encrypted",
  severity: "medium",
  resource: "azure.compute.virtual-machine",
  context: ["azure.compute.disk"],
  permissions: ["Microsoft.Compute/virtualMachines/read", "Microsoft.Compute/disks/read"],
  risk: "Azure always encrypts what managed disks store, but not the caches and the temporary disk on the host, nor what flows between the two. Copies of memory and files lie there in the clear.",
  remediation: {
    text: "Enable encryption at host on the machine, which must be stopped for it. Azure Disk Encryption inside the machine serves too, until it ends in September 2028.",
    url: "https://learn.microsoft.com/azure/virtual-machines/disks-enable-host-based-encryption-portal",
    console: [
      "Register the subscription's feature EncryptionAtHost once, and stop the virtual machine.",
      "Open the machine in the portal, then Disks, Additional settings.",
      "Set Encryption at host to Yes, Save, then start the machine.",
    ],
    cli: "az vm update --ids {uid} --set securityProfile.encryptionAtHost=true",
    terraform: `resource "azurerm_linux_virtual_machine" "this" {
  name                       = "{name}"
  location                   = "{region}"
  resource_group_name        = "GROUP"
  encryption_at_host_enabled = true
  # size, image, disks and interfaces as they are
}`,
  },
  evaluate: ({ encryptionAtHost, diskIds, diskFiles }, { related }) => {
    if (encryptionAtHost) return pass();
    const off = encryptionAtHost === null ? "was never switched on" : "is off";
    if (diskFiles.length)
      return fail(`Encryption at host ${off}, and a disk is a file in a storage account.`, "/diskFiles/0");
    const { items } = related.of("azure.compute.disk");
    const disks = diskIds.map((id) => ({ id, disk: byId(items, id) }));
    const plain = disks.filter(({ disk }) => disk && !disk.config.diskEncryption);
    const [first] = plain;
    if (first) {
      const which = plain.length === 1 ? `disk ${nameIn(first.id)} isn't` : `${plain.length} disks aren't`;
      return fail(
        `Encryption at host ${off}, and ${which} encrypted inside the machine either.`,
        "/encryptionAtHost",
      );
    }
    return disks.length && disks.every(({ disk }) => disk) ? pass() : unknown("the machine's disks");
  },
});
