import { plan } from "#lib/checks/azure/defender-plans.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { serversPlan } from "./servers-plan.ts";

testCheck(serversPlan, {
  pass: [
    { config: { plans: [plan("VirtualMachines", "Standard")] } },
    { config: { plans: [plan("Dns", "Free"), plan("VirtualMachines", "Standard")] } },
  ],
  fail: [
    [
      { config: { plans: [plan("Dns", "Standard"), plan("VirtualMachines", "Free")] } },
      "Defender for Servers is off.",
    ],
    [{ config: { plans: null } }, "Defender for Cloud was never set up for the subscription."],
  ],
  unknown: [{ config: {} }, { config: { plans: [plan("Dns", "Standard")] } }],
});
