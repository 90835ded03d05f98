import { network, policy, policyRule } from "#lib/checks/gcp/firewall-examples.test-data.ts";
import { policyExamples } from "#lib/checks/gcp/policy-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { networkPolicyRdp } from "./network-policy-rdp.ts";

const examples = policyExamples(3389);

testCheck(networkPolicyRdp, {
  pass: [network({ policies: [policy("global", policyRule("tcp:22,443"))] }), ...examples.pass],
  fail: [
    ...examples.fail,
    [
      network({ policies: [policy("global", policyRule("udp:3389"))] }),
      "Port 3389 is open to 0.0.0.0/0 for every instance of network main by rule 1000 of policy global-edge.",
    ],
  ],
  unknown: [...examples.unknown],
});
