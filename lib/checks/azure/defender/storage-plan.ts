import { defenderPlan } from "#lib/checks/azure/defender-plans.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const storagePlan = defineCheck({
  id: "azure.defender.storage-plan",
  title: "Defender for Storage is on",
  risk: "Uploaded malware, leaked keys and mass downloads raise no alert. Storage accounts are where most leaked data comes from.",
  ...defenderPlan("StorageAccounts", "Defender for Storage", "defender-for-storage-introduction"),
});
