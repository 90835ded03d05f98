import { firewallExamples } from "#lib/checks/azure/database-firewall-examples.test-data.ts";
import { sqlServer } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { sqlServerFirewallInternet } from "./server-firewall-internet.ts";

const examples = firewallExamples(sqlServer);

testCheck(sqlServerFirewallInternet, {
  pass: [...examples.pass],
  fail: [...examples.fail],
  unknown: [...examples.unknown],
});
