import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const virtualMachineSshKeys = defineCheck({
  id: "azure.compute.virtual-machine-ssh-keys",
  title: "Linux virtual machine takes SSH keys, not passwords",
  severity: "medium",
  resource: "azure.compute.virtual-machine",
  permissions: ["Microsoft.Compute/virtualMachines/read"],
  risk: "A password can be guessed, reused and phished; a key can't. As soon as port 22 opens somewhere, guessing begins.",
  remediation: {
    text: "Give the machine's users SSH keys, and switch password login off in its sshd; Azure's own setting is fixed when a machine is made.",
    url: "https://learn.microsoft.com/azure/virtual-machines/linux/create-ssh-keys-detailed",
    console: [
      "Open the virtual machine in the portal, then Help, Reset password, and add an SSH public key.",
      "Sign in with the key, set PasswordAuthentication no in /etc/ssh/sshd_config, and restart sshd.",
      "Make its successor with Authentication type SSH public key.",
    ],
    cli: "az vm user update --subscription {account} --resource-group GROUP --name {name} --username USER --ssh-key-value ~/.ssh/id_ed25519.pub",
    terraform: `resource "azurerm_linux_virtual_machine" "this" {
  name                            = "{name}"
  location                        = "{region}"
  resource_group_name             = "GROUP"
  admin_username                  = "azureuser"
  disable_password_authentication = true

  admin_ssh_key {
    username   = "azureuser"
    public_key = file("~/.ssh/id_ed25519.pub")
  }
  # size, image, disks and interfaces as they are
}`,
  },
  evaluate: ({ osType, passwordLogin }) => {
    if (passwordLogin) return fail("SSH takes passwords.", "/passwordLogin");
    if (passwordLogin === false || osType === "Windows") return pass();
    // A machine that took over a disk as it was: only its own sshd knows.
    return unknown("how SSH lets users in");
  },
});
