import { defenderPlan } from "#lib/checks/azure/defender-plans.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const sqlDatabasesPlan = defineCheck({
  id: "azure.defender.sql-databases-plan",
  title: "Defender for Azure SQL databases is on",
  risk: "SQL injection, brute force and unusual exports raise no alert. Nor are databases searched for weak settings.",
  ...defenderPlan("SqlServers", "Defender for Azure SQL Databases", "defender-for-sql-introduction"),
});
