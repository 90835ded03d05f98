import { defenderPlan } from "#lib/checks/azure/defender-plans.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const sqlServersOnMachinesPlan = defineCheck({
  id: "azure.defender.sql-servers-on-machines-plan",
  title: "Defender for SQL servers on machines is on",
  risk: "SQL servers that run on machines are then watched as machines alone. Injection and brute force against the database raise no alert.",
  ...defenderPlan(
    "SqlServerVirtualMachines",
    "Defender for SQL servers on machines",
    "defender-for-sql-usage",
  ),
});
