import { allOfAzure, everyone, office, sqlServer } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { sqlServerFirewallAzure } from "./server-firewall-azure.ts";

testCheck(sqlServerFirewallAzure, {
  pass: [
    sqlServer({ publicNetworkAccess: "Disabled", firewallRules: [allOfAzure] }),
    sqlServer({ publicNetworkAccess: "Enabled", firewallRules: [office, everyone] }),
    sqlServer({ firewallRules: [] }),
  ],
  fail: [
    [
      sqlServer({ publicNetworkAccess: "Enabled", firewallRules: [office, allOfAzure] }),
      "Rule AllowAllWindowsAzureIps lets all of Azure in.",
    ],
  ],
  unknown: [
    sqlServer(),
    sqlServer({ publicNetworkAccess: "Enabled" }),
    sqlServer({ firewallRules: [allOfAzure] }),
  ],
});
