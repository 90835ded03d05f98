import { defenderPlan } from "#lib/checks/azure/defender-plans.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const cosmosDbPlan = defineCheck({
  id: "azure.defender.cosmos-db-plan",
  title: "Defender for Azure Cosmos DB is on",
  risk: "Injection and access with stolen keys raise no alert, whatever amount of data is taken.",
  ...defenderPlan("CosmosDbs", "Defender for Azure Cosmos DB", "concept-defender-for-cosmos"),
});
