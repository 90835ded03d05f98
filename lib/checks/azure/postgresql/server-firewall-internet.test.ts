import {
  allOfAzure,
  everyone,
  flexibleServer,
  office,
  rule,
} from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { postgresqlServerFirewallInternet } from "./server-firewall-internet.ts";

testCheck(postgresqlServerFirewallInternet, {
  pass: [
    flexibleServer({ publicNetworkAccess: "Disabled", firewallRules: [everyone] }),
    flexibleServer({ publicNetworkAccess: "Disabled" }),
    flexibleServer({ publicNetworkAccess: "Enabled", firewallRules: [office, allOfAzure] }),
    flexibleServer({ firewallRules: [] }),
    flexibleServer({
      publicNetworkAccess: "Enabled",
      firewallRules: [rule("odd", "9.9.9.9", "1.1.1.1"), rule("none", "", "x")],
    }),
    flexibleServer({
      publicNetworkAccess: "Enabled",
      firewallRules: [rule("one", "17.0.0.0", "17.255.255.255")],
    }),
  ],
  fail: [
    [
      flexibleServer({ publicNetworkAccess: "Enabled", firewallRules: [office, everyone] }),
      "Rule everyone (0.0.0.0 to 255.255.255.255) lets the internet in.",
    ],
    [
      flexibleServer({
        publicNetworkAccess: "Enabled",
        firewallRules: [rule("most", "1.0.0.1", "200.0.0.0")],
      }),
      "Rule most (1.0.0.1 to 200.0.0.0) lets the internet in.",
    ],
    [
      flexibleServer({
        publicNetworkAccess: "Enabled",
        firewallRules: [
          rule("a", "8.0.0.0", "8.255.255.255"),
          allOfAzure,
          rule("b", "9.0.0.0", "9.255.255.255"),
        ],
      }),
      "Rules a (8.0.0.0 to 8.255.255.255), b (9.0.0.0 to 9.255.255.255) let the internet in.",
    ],
  ],
  unknown: [
    flexibleServer(),
    flexibleServer({ publicNetworkAccess: "Enabled" }),
    flexibleServer({ firewallRules: [everyone] }),
  ],
});
