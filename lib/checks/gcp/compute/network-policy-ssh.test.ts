import { network, policy, policyRule } from "#lib/checks/gcp/firewall-examples.test-data.ts";
import { policyExamples } from "#lib/checks/gcp/policy-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { networkPolicySsh } from "./network-policy-ssh.ts";

const examples = policyExamples(22);

testCheck(networkPolicySsh, {
  pass: [
    network({ policies: [policy("global", policyRule("tcp:3389,443"))] }),
    network({ policies: [policy("global", policyRule("udp:22"))] }),
    ...examples.pass,
  ],
  fail: [...examples.fail],
  unknown: [...examples.unknown],
});
