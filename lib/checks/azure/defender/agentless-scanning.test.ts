import { plan } from "#lib/checks/azure/defender-plans.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { agentlessScanning } from "./agentless-scanning.ts";

const on = plan("VirtualMachines", "Standard", "MdeDesignatedSubscription", "AgentlessVmScanning");

testCheck(agentlessScanning, {
  pass: [{ config: { plans: [on] } }, { config: { plans: [plan("Dns", "Free"), on] } }],
  fail: [
    [{ config: { plans: [plan("VirtualMachines", "Standard")] } }, "Agentless scanning is off."],
    [
      { config: { plans: [{ ...on, extensions: [{ name: "AgentlessVmScanning", enabled: false }] }] } },
      "Agentless scanning is off.",
    ],
    [
      { config: { plans: [plan("VirtualMachines", "Free")] } },
      "Agentless scanning is off, as Defender for Servers is.",
    ],
    [{ config: { plans: null } }, "Defender for Cloud was never set up for the subscription."],
  ],
  unknown: [{ config: {} }, { config: { plans: [plan("CloudPosture", "Standard", "AgentlessVmScanning")] } }],
});
