import { network, policy, policyRule } from "#lib/checks/gcp/firewall-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { networkPolicyAllPorts } from "./network-policy-all-ports.ts";

testCheck(networkPolicyAllPorts, {
  pass: [
    network(),
    network({ policies: [policy("global", policyRule("tcp:22"))] }),
    network({ policies: [policy("global", policyRule("all", { source: { ranges: ["10.0.0.0/8"] } }))] }),
    network({
      policies: [
        policy(
          "global",
          policyRule("all", { action: "deny", priority: 1 }),
          policyRule("all", { priority: 2 }),
        ),
      ],
    }),
  ],
  fail: [
    [
      network({ policies: [policy("global", policyRule("all"))] }),
      "Every tcp port is open to 0.0.0.0/0 for every instance of network main by rule 1000 of policy global-edge.",
    ],
    [
      network({ regionalPolicies: [{ ...policy("regional", policyRule("17")), region: "europe-west1" }] }),
      "Every udp port is open to 0.0.0.0/0 for every instance of network main by rule 1000 of policy regional-edge.",
    ],
  ],
  unknown: [network({ policies: undefined }), network({ regionalPolicies: undefined })],
});
