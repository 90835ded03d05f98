import { defenderPlan } from "#lib/checks/azure/defender-plans.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const resourceManagerPlan = defineCheck({
  id: "azure.defender.resource-manager-plan",
  title: "Defender for Resource Manager is on",
  risk: "Suspicious operations on the subscription itself, by stolen identities or attack tools, raise no alert.",
  ...defenderPlan("Arm", "Defender for Resource Manager", "defender-for-resource-manager-introduction"),
});
