import { plan } from "#lib/checks/azure/defender-plans.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { sqlServersOnMachinesPlan } from "./sql-servers-on-machines-plan.ts";

testCheck(sqlServersOnMachinesPlan, {
  pass: [
    { config: { plans: [plan("SqlServerVirtualMachines", "Standard")] } },
    { config: { plans: [plan("Dns", "Free"), plan("SqlServerVirtualMachines", "Standard")] } },
  ],
  fail: [
    [
      { config: { plans: [plan("Dns", "Standard"), plan("SqlServerVirtualMachines", "Free")] } },
      "Defender for SQL servers on machines is off.",
    ],
    [{ config: { plans: null } }, "Defender for Cloud was never set up for the subscription."],
  ],
  unknown: [{ config: {} }, { config: { plans: [plan("Dns", "Standard")] } }],
});
