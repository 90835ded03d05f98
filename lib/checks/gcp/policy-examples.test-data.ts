import type { Examples } from "#lib/checks/test-check.ts";
import type { FirewallPolicyRule } from "#lib/inventory/gcp/compute.kinds.ts";
import { network, other, policy, policyRule } from "./firewall-examples.test-data.ts";

const inRegion = (region: string, ...rules: FirewallPolicyRule[]) => ({
  ...policy("regional", ...rules),
  region,
});

/** What holds for firewall policies and any TCP port: a rule that allows it to everyone, and what becomes of it. */
export function policyExamples(port: number): Examples<"gcp.compute.network", "gcp.compute.firewall"> {
  const open = policyRule(`tcp:${port}`);
  const denied = policyRule(`tcp:${port}`, { action: "deny", priority: 10 });
  return {
    pass: [
      network(),
      network({ policies: [policy("global", { ...open, disabled: true })] }),
      network({ policies: [policy("global", { ...open, direction: "EGRESS" })] }),
      network({ policies: [policy("global", { ...open, action: "goto_next" })] }),
      network({ policies: [policy("global", { ...open, targetType: "INTERNAL_MANAGED_LB" })] }),
      network({ policies: [policy("global", { ...open, sourceNetworkType: "INTRA_VPC" })] }),
      network({ policies: [policy("hierarchical", { ...open, targetNetworks: ["//other"] })] }),
      network({ policies: [policy("global", policyRule("all", { source: { ranges: ["10.0.0.0/8"] } }))] }),
      network({ policies: [policy("global", policyRule("all", { source: { fqdns: ["ci.example.com"] } }))] }),
      network({
        policies: [policy("global", policyRule("all", { source: { secureTags: ["tagValues/1"] } }))],
      }),
      network({ policies: [policy("global", denied, open)] }),
      network({ policies: [policy("hierarchical", denied), policy("global", open)] }),
      network({ policies: [policy("global", denied)], regionalPolicies: [inRegion("europe-west1", open)] }),
      // The network's own policies are asked after its firewall rules.
      { ...network({ policies: [policy("global", open)] }), related: [other("all", { priority: 65_534 })] },
      {
        ...network({ policies: [policy("global", policyRule("all", { source: { addressGroups: ["x"] } }))] }),
        related: [other("all", { sourceRanges: ["0.0.0.0/0", "::/0"] })],
      },
    ],
    fail: [
      [
        network({ policies: [policy("global", open)] }),
        `Port ${port} is open to 0.0.0.0/0 for every instance of network main by rule 1000 of policy global-edge.`,
      ],
      [
        network({ policies: [policy("hierarchical", { ...open, action: "apply_security_profile_group" })] }),
        `Port ${port} is open to 0.0.0.0/0 for every instance of network main by rule 1000 of policy hierarchical-edge.`,
      ],
      [
        network({ policies: [policy("global", policyRule("all", { source: {} }))] }),
        `Port ${port} is open to 0.0.0.0/0 and ::/0 for every instance of network main by rule 1000 of policy global-edge.`,
      ],
      [
        network({ policies: [policy("global", { ...open, targetSecureTags: ["tagValues/1"] })] }),
        `Port ${port} is open to 0.0.0.0/0 for instances with secure tag tagValues/1 of network main by rule 1000 of policy global-edge.`,
      ],
      // Denials that come later, in another region, or in rules that these policies do not wait for.
      [
        {
          ...network({
            policyOrder: "before",
            policies: [policy("global", open)],
            regionalPolicies: [inRegion("europe-west1", denied), inRegion("us-east1", open)],
          }),
          related: [other("all", { priority: 0 })],
        },
        `Port ${port} is open to 0.0.0.0/0 for every instance of network main by rule 1000 of policy global-edge and by 1 more.`,
      ],
      [
        network({ policies: [policy("global", open, { ...denied, priority: 2000 })] }),
        `Port ${port} is open to 0.0.0.0/0 for every instance of network main by rule 1000 of policy global-edge.`,
      ],
      [
        {
          ...network({ policies: [policy("hierarchical", open)] }),
          related: [other("all")],
          incomplete: ["gcp.compute.firewall"],
        },
        `Port ${port} is open to 0.0.0.0/0 for every instance of network main by rule 1000 of policy hierarchical-edge.`,
      ],
      [
        network({
          policies: [
            policy(
              "global",
              { ...open, targetServiceAccounts: ["a", "b"] },
              { ...denied, targetServiceAccounts: ["b"] },
            ),
          ],
        }),
        `Port ${port} is open to 0.0.0.0/0 for instances running as a of network main by rule 1000 of policy global-edge, though global-edge 10 denies part of it.`,
      ],
    ],
    unknown: [
      network({ policies: undefined }),
      network({ regionalPolicies: undefined }),
      network({ policies: undefined, regionalPolicies: [inRegion("europe-west1", open)] }),
      network({
        policies: [policy("global", policyRule("all", { source: { addressGroups: ["groups/x"] } }))],
      }),
      network({ policies: [policy("global", policyRule("all", { source: { regionCodes: ["US"] } }))] }),
      { ...network({ policies: [policy("global", open)] }), incomplete: ["gcp.compute.firewall"] },
      { ...network({ policies: [policy("global", open)] }), related: [other("all", { traffic: undefined })] },
    ],
  };
}
