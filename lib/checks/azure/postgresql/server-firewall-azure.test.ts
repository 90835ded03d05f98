import {
  allOfAzure,
  everyone,
  flexibleServer,
  office,
} from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { postgresqlServerFirewallAzure } from "./server-firewall-azure.ts";

testCheck(postgresqlServerFirewallAzure, {
  pass: [
    flexibleServer({ publicNetworkAccess: "Disabled", firewallRules: [allOfAzure] }),
    flexibleServer({ publicNetworkAccess: "Enabled", firewallRules: [office, everyone] }),
    flexibleServer({ firewallRules: [] }),
  ],
  fail: [
    [
      flexibleServer({ publicNetworkAccess: "Enabled", firewallRules: [office, allOfAzure] }),
      "Rule AllowAllWindowsAzureIps lets all of Azure in.",
    ],
  ],
  unknown: [
    flexibleServer(),
    flexibleServer({ publicNetworkAccess: "Enabled" }),
    flexibleServer({ firewallRules: [allOfAzure] }),
  ],
});
