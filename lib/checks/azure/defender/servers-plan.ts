import { defenderPlan } from "#lib/checks/azure/defender-plans.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const serversPlan = defineCheck({
  id: "azure.defender.servers-plan",
  title: "Defender for Servers is on",
  risk: "Nothing then looks for malware, brute force or missing patches on the machines of the subscription. An intruder can stay for months.",
  ...defenderPlan("VirtualMachines", "Defender for Servers", "defender-for-servers-overview"),
});
