import { plan } from "#lib/checks/azure/defender-plans.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { openSourceDatabasesPlan } from "./open-source-databases-plan.ts";

testCheck(openSourceDatabasesPlan, {
  pass: [
    { config: { plans: [plan("OpenSourceRelationalDatabases", "Standard")] } },
    { config: { plans: [plan("Dns", "Free"), plan("OpenSourceRelationalDatabases", "Standard")] } },
  ],
  fail: [
    [
      { config: { plans: [plan("Dns", "Standard"), plan("OpenSourceRelationalDatabases", "Free")] } },
      "Defender for open-source relational databases is off.",
    ],
    [{ config: { plans: null } }, "Defender for Cloud was never set up for the subscription."],
  ],
  unknown: [{ config: {} }, { config: { plans: [plan("Dns", "Standard")] } }],
});
