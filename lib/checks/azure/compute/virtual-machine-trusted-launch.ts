import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const virtualMachineTrustedLaunch = defineCheck({
  id: "azure.compute.virtual-machine-trusted-launch",
  title: "Virtual machine starts with Secure Boot and a virtual TPM",
  severity: "low",
  resource: "azure.compute.virtual-machine",
  permissions: ["Microsoft.Compute/virtualMachines/read"],
  risk: "Without Trusted Launch, a rootkit in the boot loader starts before the system and all that watches it. Nothing later can tell.",
  remediation: {
    text: "Upgrade the machine to Trusted Launch, with Secure Boot and vTPM on; machines of generation 1 are converted to generation 2 on the way.",
    url: "https://learn.microsoft.com/azure/virtual-machines/trusted-launch-existing-vm",
    console: [
      "Stop the virtual machine, then open its Configuration in the portal.",
      "Set Security type to Trusted launch virtual machines.",
      "Tick Enable secure boot and Enable vTPM, Apply, then start the machine.",
    ],
    cli: "az vm update --ids {uid} --security-type TrustedLaunch --enable-secure-boot true --enable-vtpm true",
    terraform: `resource "azurerm_linux_virtual_machine" "this" {
  name                = "{name}"
  location            = "{region}"
  resource_group_name = "GROUP"
  secure_boot_enabled = true
  vtpm_enabled        = true
  # size, image, disks and interfaces as they are
}`,
  },
  evaluate: ({ securityType, secureBoot, virtualTpm }) => {
    if (securityType === undefined) return unknown("security type");
    if (securityType === null || securityType === "Standard")
      return fail("The machine starts without Trusted Launch.", "/securityType");
    const off = [...(secureBoot ? [] : ["Secure Boot"]), ...(virtualTpm ? [] : ["the virtual TPM"])];
    if (!off.length) return pass();
    const paths = [...(secureBoot ? [] : ["/secureBoot"]), ...(virtualTpm ? [] : ["/virtualTpm"])];
    const [first = ""] = off;
    return fail(
      off.length === 2
        ? "Secure Boot and the virtual TPM are off."
        : `${first[0]?.toUpperCase()}${first.slice(1)} is off.`,
      ...paths,
    );
  },
});
