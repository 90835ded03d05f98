import { defenderPlan } from "#lib/checks/azure/defender-plans.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const cspmPlan = defineCheck({
  id: "azure.defender.cspm-plan",
  title: "Defender CSPM is on",
  risk: "Without it, Defender neither scans machines without agents nor finds the paths by which an attacker would get from one weakness to the next.",
  ...defenderPlan("CloudPosture", "Defender CSPM", "concept-cloud-security-posture-management"),
});
