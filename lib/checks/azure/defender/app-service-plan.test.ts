import { plan } from "#lib/checks/azure/defender-plans.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { appServicePlan } from "./app-service-plan.ts";

testCheck(appServicePlan, {
  pass: [
    { config: { plans: [plan("AppServices", "Standard")] } },
    { config: { plans: [plan("Dns", "Free"), plan("AppServices", "Standard")] } },
  ],
  fail: [
    [
      { config: { plans: [plan("Dns", "Standard"), plan("AppServices", "Free")] } },
      "Defender for App Service is off.",
    ],
    [{ config: { plans: null } }, "Defender for Cloud was never set up for the subscription."],
  ],
  unknown: [{ config: {} }, { config: { plans: [plan("Dns", "Standard")] } }],
});
