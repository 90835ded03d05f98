import { plan } from "#lib/checks/azure/defender-plans.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { containersPlan } from "./containers-plan.ts";

testCheck(containersPlan, {
  pass: [
    { config: { plans: [plan("Containers", "Standard")] } },
    { config: { plans: [plan("Dns", "Free"), plan("Containers", "Standard")] } },
  ],
  fail: [
    [
      { config: { plans: [plan("Dns", "Standard"), plan("Containers", "Free")] } },
      "Defender for Containers is off.",
    ],
    [{ config: { plans: null } }, "Defender for Cloud was never set up for the subscription."],
  ],
  unknown: [{ config: {} }, { config: { plans: [plan("Dns", "Standard")] } }],
});
