import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const virtualMachineUpdateAssessment = defineCheck({
  id: "azure.compute.virtual-machine-update-assessment",
  title: "Virtual machine is checked for missing updates",
  severity: "medium",
  resource: "azure.compute.virtual-machine",
  permissions: ["Microsoft.Compute/virtualMachines/read"],
  risk: "Nobody then learns that a machine lacks the fix for a hole that is being exploited. Defender for Cloud recommends nothing for what it doesn't know.",
  remediation: {
    text: "Have Azure check the machine for missing updates every day (periodic assessment); it installs nothing by that.",
    url: "https://learn.microsoft.com/azure/update-manager/assessment-options",
    console: [
      "Azure Update Manager, Machines; choose the machine.",
      "Settings, Update settings.",
      "Periodic assessment: Enable, and save.",
    ],
    cli: "az vm update --ids {uid} --set osProfile.linuxConfiguration.patchSettings.assessmentMode=AutomaticByPlatform  # windowsConfiguration on Windows",
    terraform: `resource "azurerm_linux_virtual_machine" "this" {
  name                  = "{name}"
  location              = "{region}"
  resource_group_name   = "GROUP"
  patch_assessment_mode = "AutomaticByPlatform"
  # size, image, disks and interfaces as they are
}`,
  },
  evaluate: ({ updateAssessment }) => {
    if (updateAssessment === undefined) return unknown("who looks for missing updates");
    if (updateAssessment === "AutomaticByPlatform") return pass();
    return fail(
      updateAssessment === null
        ? "Azure doesn't check the machine for missing updates."
        : `Checking for missing updates is left to the machine: ${updateAssessment}.`,
      "/updateAssessment",
    );
  },
});
