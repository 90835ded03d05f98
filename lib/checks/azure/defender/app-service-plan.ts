import { defenderPlan } from "#lib/checks/azure/defender-plans.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const appServicePlan = defineCheck({
  id: "azure.defender.app-service-plan",
  title: "Defender for App Service is on",
  risk: "Web shells, scans and dangling DNS names of web apps go unseen. Web apps face the internet and are attacked first.",
  ...defenderPlan("AppServices", "Defender for App Service", "defender-for-app-service-introduction"),
});
