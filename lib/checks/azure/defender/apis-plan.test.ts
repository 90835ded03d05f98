import { plan } from "#lib/checks/azure/defender-plans.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { apisPlan } from "./apis-plan.ts";

testCheck(apisPlan, {
  pass: [
    { config: { plans: [plan("Api", "Standard")] } },
    { config: { plans: [plan("Dns", "Free"), plan("Api", "Standard")] } },
  ],
  fail: [
    [{ config: { plans: [plan("Dns", "Standard"), plan("Api", "Free")] } }, "Defender for APIs is off."],
    [{ config: { plans: null } }, "Defender for Cloud was never set up for the subscription."],
  ],
  unknown: [{ config: {} }, { config: { plans: [plan("Dns", "Standard")] } }],
});
