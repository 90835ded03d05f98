import { defenderPlan } from "#lib/checks/azure/defender-plans.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const keyVaultPlan = defineCheck({
  id: "azure.defender.key-vault-plan",
  title: "Defender for Key Vault is on",
  risk: "Someone who lists and reads secret after secret raises no alert. Keys and secrets open everything else.",
  ...defenderPlan("KeyVaults", "Defender for Key Vault", "defender-for-key-vault-introduction"),
});
