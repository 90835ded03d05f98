import { plan } from "#lib/checks/azure/defender-plans.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { fileIntegrity } from "./file-integrity.ts";

const on = plan("VirtualMachines", "Standard", "MdeDesignatedSubscription", "FileIntegrityMonitoring");

testCheck(fileIntegrity, {
  pass: [{ config: { plans: [on] } }, { config: { plans: [plan("Dns", "Free"), on] } }],
  fail: [
    [{ config: { plans: [plan("VirtualMachines", "Standard")] } }, "File integrity monitoring is off."],
    [
      { config: { plans: [{ ...on, extensions: [{ name: "FileIntegrityMonitoring", enabled: false }] }] } },
      "File integrity monitoring is off.",
    ],
    [
      { config: { plans: [plan("VirtualMachines", "Free")] } },
      "File integrity monitoring is off, as Defender for Servers is.",
    ],
    [{ config: { plans: null } }, "Defender for Cloud was never set up for the subscription."],
  ],
  unknown: [
    { config: {} },
    { config: { plans: [plan("CloudPosture", "Standard", "FileIntegrityMonitoring")] } },
  ],
});
