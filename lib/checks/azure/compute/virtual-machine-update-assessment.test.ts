import { testCheck } from "#lib/checks/test-check.ts";
import { virtualMachineUpdateAssessment } from "./virtual-machine-update-assessment.ts";

const machine = {
  size: "Standard_D2ads_v6",
  osType: "Linux" as const,
  diskIds: [],
  diskFiles: [],
  encryptionAtHost: true,
  secureBoot: true,
  virtualTpm: true,
  passwordLogin: false,
};

testCheck(virtualMachineUpdateAssessment, {
  pass: [{ config: { ...machine, updateAssessment: "AutomaticByPlatform" } }],
  fail: [
    [
      { config: { ...machine, updateAssessment: "ImageDefault" } },
      "Checking for missing updates is left to the machine: ImageDefault.",
    ],
    [
      { config: { ...machine, updateAssessment: null } },
      "Azure doesn't check the machine for missing updates.",
    ],
  ],
  unknown: [{ config: machine }],
});
