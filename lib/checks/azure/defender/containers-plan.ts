import { defenderPlan } from "#lib/checks/azure/defender-plans.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const containersPlan = defineCheck({
  id: "azure.defender.containers-plan",
  title: "Defender for Containers is on",
  risk: "Vulnerable images and attacks within clusters go unseen. What runs in a container is otherwise out of Azure's sight.",
  ...defenderPlan("Containers", "Defender for Containers", "defender-for-containers-introduction"),
});
