import { plan } from "#lib/checks/azure/defender-plans.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { storagePlan } from "./storage-plan.ts";

testCheck(storagePlan, {
  pass: [
    { config: { plans: [plan("StorageAccounts", "Standard")] } },
    { config: { plans: [plan("Dns", "Free"), plan("StorageAccounts", "Standard")] } },
  ],
  fail: [
    [
      { config: { plans: [plan("Dns", "Standard"), plan("StorageAccounts", "Free")] } },
      "Defender for Storage is off.",
    ],
    [{ config: { plans: null } }, "Defender for Cloud was never set up for the subscription."],
  ],
  unknown: [{ config: {} }, { config: { plans: [plan("Dns", "Standard")] } }],
});
