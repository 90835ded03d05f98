import { firewall } from "#lib/checks/gcp/firewall-examples.test-data.ts";
import { firewallRuleExamples } from "#lib/checks/gcp/firewall-rule-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { firewallSsh } from "./firewall-ssh.ts";

const examples = firewallRuleExamples(22);

testCheck(firewallSsh, {
  pass: [firewall("tcp:3389,443"), firewall("udp:22"), ...examples.pass],
  fail: [...examples.fail],
  unknown: [...examples.unknown],
});
