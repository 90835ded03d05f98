import { plan } from "#lib/checks/azure/defender-plans.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { cspmPlan } from "./cspm-plan.ts";

testCheck(cspmPlan, {
  pass: [
    { config: { plans: [plan("CloudPosture", "Standard")] } },
    { config: { plans: [plan("Dns", "Free"), plan("CloudPosture", "Standard")] } },
  ],
  fail: [
    [{ config: { plans: [plan("Dns", "Standard"), plan("CloudPosture", "Free")] } }, "Defender CSPM is off."],
    [{ config: { plans: null } }, "Defender for Cloud was never set up for the subscription."],
  ],
  unknown: [{ config: {} }, { config: { plans: [plan("Dns", "Standard")] } }],
});
