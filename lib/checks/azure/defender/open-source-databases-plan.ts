import { defenderPlan } from "#lib/checks/azure/defender-plans.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const openSourceDatabasesPlan = defineCheck({
  id: "azure.defender.open-source-databases-plan",
  title: "Defender for open-source databases is on",
  risk: "Brute force and unusual access to PostgreSQL and MySQL servers raise no alert.",
  ...defenderPlan(
    "OpenSourceRelationalDatabases",
    "Defender for open-source relational databases",
    "defender-for-databases-introduction",
  ),
});
