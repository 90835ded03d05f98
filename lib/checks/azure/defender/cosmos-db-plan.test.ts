import { plan } from "#lib/checks/azure/defender-plans.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { cosmosDbPlan } from "./cosmos-db-plan.ts";

testCheck(cosmosDbPlan, {
  pass: [
    { config: { plans: [plan("CosmosDbs", "Standard")] } },
    { config: { plans: [plan("Dns", "Free"), plan("CosmosDbs", "Standard")] } },
  ],
  fail: [
    [
      { config: { plans: [plan("Dns", "Standard"), plan("CosmosDbs", "Free")] } },
      "Defender for Azure Cosmos DB is off.",
    ],
    [{ config: { plans: null } }, "Defender for Cloud was never set up for the subscription."],
  ],
  unknown: [{ config: {} }, { config: { plans: [plan("Dns", "Standard")] } }],
});
