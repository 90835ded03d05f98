import { firewall } from "#lib/checks/gcp/firewall-examples.test-data.ts";
import { firewallRuleExamples } from "#lib/checks/gcp/firewall-rule-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { firewallRdp } from "./firewall-rdp.ts";

const examples = firewallRuleExamples(3389);

testCheck(firewallRdp, {
  pass: [firewall("tcp:22,443"), firewall("udp:3390"), ...examples.pass],
  fail: [
    ...examples.fail,
    [firewall("udp:3389"), "Port 3389 is open to 0.0.0.0/0 for every instance of network main."],
  ],
  unknown: [...examples.unknown],
});
