import { plan } from "#lib/checks/azure/defender-plans.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { sqlDatabasesPlan } from "./sql-databases-plan.ts";

testCheck(sqlDatabasesPlan, {
  pass: [
    { config: { plans: [plan("SqlServers", "Standard")] } },
    { config: { plans: [plan("Dns", "Free"), plan("SqlServers", "Standard")] } },
  ],
  fail: [
    [
      { config: { plans: [plan("Dns", "Standard"), plan("SqlServers", "Free")] } },
      "Defender for Azure SQL Databases is off.",
    ],
    [{ config: { plans: null } }, "Defender for Cloud was never set up for the subscription."],
  ],
  unknown: [{ config: {} }, { config: { plans: [plan("Dns", "Standard")] } }],
});
