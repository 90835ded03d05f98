import { plan } from "#lib/checks/azure/defender-plans.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { resourceManagerPlan } from "./resource-manager-plan.ts";

testCheck(resourceManagerPlan, {
  pass: [
    { config: { plans: [plan("Arm", "Standard")] } },
    { config: { plans: [plan("Dns", "Free"), plan("Arm", "Standard")] } },
  ],
  fail: [
    [
      { config: { plans: [plan("Dns", "Standard"), plan("Arm", "Free")] } },
      "Defender for Resource Manager is off.",
    ],
    [{ config: { plans: null } }, "Defender for Cloud was never set up for the subscription."],
  ],
  unknown: [{ config: {} }, { config: { plans: [plan("Dns", "Standard")] } }],
});
