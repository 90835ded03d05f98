import { defenderPlan } from "#lib/checks/azure/defender-plans.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const apisPlan = defineCheck({
  id: "azure.defender.apis-plan",
  title: "Defender for APIs is on",
  risk: "Attacks on published APIs look like ordinary calls to everything else that watches. Without this plan, nobody is told of them.",
  ...defenderPlan("Api", "Defender for APIs", "defender-for-apis-introduction"),
});
