import type { Examples } from "#lib/checks/test-check.ts";
import { firewall, onNetwork, other, policy, policyRule } from "./firewall-examples.test-data.ts";

/** What holds for VPC firewall rules and any TCP port: a rule that allows it to everyone, and what becomes of it. */
export function firewallRuleExamples(
  port: number,
): Examples<"gcp.compute.firewall", "gcp.compute.firewall" | "gcp.compute.network"> {
  return {
    pass: [
      firewall("icmp"),
      firewall(`tcp:${port}`, { disabled: true }),
      firewall(`tcp:${port}`, { direction: "EGRESS" }),
      firewall(`tcp:${port}`, { action: "deny" }),
      firewall(`tcp:${port}`, { sourceRanges: ["203.0.113.0/24", "10.0.0.0/8"] }),
      // Identity-Aware Proxy.
      firewall(`tcp:${port}`, { sourceRanges: ["35.235.240.0/20"] }),
      firewall("all", { sourceRanges: [], sourceTags: ["bastion"] }),
      firewall("all", { sourceRanges: [], sourceServiceAccounts: ["ci@p.iam.gserviceaccount.com"] }),
      { ...firewall(`tcp:${port}`), related: [onNetwork(), other(`tcp:${port}`)] },
      { ...firewall(`tcp:${port}`), related: [other("all", { priority: 1000 })] },
      {
        ...firewall("all", { targetTags: ["web"] }),
        related: [other("tcp", { targetTags: ["web", "db"] }), other("udp")],
      },
      // A denial that was not seen could only take more away.
      {
        ...firewall("all"),
        related: [other("all")],
        incomplete: ["gcp.compute.firewall", "gcp.compute.network"],
      },
      {
        ...firewall(`tcp:${port}`),
        related: [
          onNetwork({ policies: [policy("hierarchical", policyRule(`tcp:${port}`, { action: "deny" }))] }),
        ],
      },
      {
        ...firewall(`tcp:${port}`),
        related: [
          onNetwork({
            policyOrder: "before",
            policies: [policy("global", policyRule("all", { action: "deny", source: {} }))],
          }),
        ],
      },
    ],
    fail: [
      [firewall(`tcp:${port}`), `Port ${port} is open to 0.0.0.0/0 for every instance of network main.`],
      [
        firewall(`6:1,${port - 2}-${port + 3}`),
        `Port ${port} is open to 0.0.0.0/0 for every instance of network main.`,
      ],
      [firewall("all"), `Port ${port} is open to 0.0.0.0/0 for every instance of network main.`],
      [
        firewall("tcp", { sourceRanges: ["10.0.0.0/8", "::/0"] }),
        `Port ${port} is open to ::/0 for every instance of network main.`,
      ],
      [
        firewall("tcp", { sourceRanges: ["0.0.0.0/1", "128.0.0.0/1"] }),
        `Port ${port} is open to 0.0.0.0/1 and 128.0.0.0/1 for every instance of network main.`,
      ],
      // A rule that names no source is for everyone.
      [
        firewall("tcp", { sourceRanges: [] }),
        `Port ${port} is open to 0.0.0.0/0 for every instance of network main.`,
      ],
      [
        firewall("tcp", { targetTags: ["web", "db"] }),
        `Port ${port} is open to 0.0.0.0/0 for instances tagged web and db of network main.`,
      ],
      [
        firewall("tcp", { targetServiceAccounts: ["web@p.iam.gserviceaccount.com"] }),
        `Port ${port} is open to 0.0.0.0/0 for instances running as web@p.iam.gserviceaccount.com of network main.`,
      ],
      // Denials that come too late, are off, are for others, or belong to another network.
      [
        {
          ...firewall(`tcp:${port}`),
          related: [
            onNetwork(),
            other("all", { priority: 1001 }),
            other("all", { disabled: true }),
            other("all", { direction: "EGRESS" }),
            other("all", { network: "//compute.googleapis.com/projects/p/global/networks/other" }),
            other(`tcp:${port + 1}`),
          ],
        },
        `Port ${port} is open to 0.0.0.0/0 for every instance of network main.`,
      ],
      [
        {
          ...firewall(`tcp:${port}`, { targetTags: ["web", "db"] }),
          related: [other("all", { targetTags: ["db"] })],
        },
        `Port ${port} is open to 0.0.0.0/0 for instances tagged web of network main, though deny denies part of it.`,
      ],
      // A policy of the network's own is asked after its rules, unless it was told otherwise.
      [
        {
          ...firewall(`tcp:${port}`),
          related: [onNetwork({ policies: [policy("global", policyRule("all", { action: "deny" }))] })],
        },
        `Port ${port} is open to 0.0.0.0/0 for every instance of network main.`,
      ],
      // What a policy denies by country leaves all the others.
      [
        {
          ...firewall(`tcp:${port}`),
          related: [
            onNetwork({
              policies: [
                policy(
                  "hierarchical",
                  policyRule("all", { action: "deny", source: { regionCodes: ["KP"] } }),
                ),
              ],
            }),
          ],
        },
        `Port ${port} is open to 0.0.0.0/0 for every instance of network main.`,
      ],
    ],
    unknown: [
      { config: { ...firewall("all").config, traffic: undefined } },
      { config: { ...firewall("all").config, action: undefined } },
      { ...firewall("all"), incomplete: ["gcp.compute.firewall"] },
      { ...firewall("all"), incomplete: ["gcp.compute.network"] },
      { ...firewall("all"), related: [onNetwork({ policies: undefined })] },
      { ...firewall("all"), related: [other("all", { traffic: undefined })] },
    ],
  };
}
