import { plan } from "#lib/checks/azure/defender-plans.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { keyVaultPlan } from "./key-vault-plan.ts";

testCheck(keyVaultPlan, {
  pass: [
    { config: { plans: [plan("KeyVaults", "Standard")] } },
    { config: { plans: [plan("Dns", "Free"), plan("KeyVaults", "Standard")] } },
  ],
  fail: [
    [
      { config: { plans: [plan("Dns", "Standard"), plan("KeyVaults", "Free")] } },
      "Defender for Key Vault is off.",
    ],
    [{ config: { plans: null } }, "Defender for Cloud was never set up for the subscription."],
  ],
  unknown: [{ config: {} }, { config: { plans: [plan("Dns", "Standard")] } }],
});
