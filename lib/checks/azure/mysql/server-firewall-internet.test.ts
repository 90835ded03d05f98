import { firewallExamples } from "#lib/checks/azure/database-firewall-examples.test-data.ts";
import { flexibleServer } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { mysqlServerFirewallInternet } from "./server-firewall-internet.ts";

const examples = firewallExamples(flexibleServer);

testCheck(mysqlServerFirewallInternet, {
  pass: [...examples.pass],
  fail: [...examples.fail],
  unknown: [...examples.unknown],
});
