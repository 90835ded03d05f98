import {
  firewall,
  onNetwork,
  other,
  policy,
  policyRule,
} from "#lib/checks/gcp/firewall-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { firewallSsh } from "./firewall-ssh.ts";

testCheck(firewallSsh, {
  pass: [
    firewall("tcp:3389,443"),
    firewall("udp:22"),
    firewall("icmp"),
    firewall("tcp:22", { disabled: true }),
    firewall("tcp:22", { direction: "EGRESS" }),
    firewall("tcp:22", { action: "deny" }),
    firewall("tcp:22", { sourceRanges: ["203.0.113.0/24", "10.0.0.0/8"] }),
    // Identity-Aware Proxy.
    firewall("tcp:22", { sourceRanges: ["35.235.240.0/20"] }),
    firewall("all", { sourceRanges: [], sourceTags: ["bastion"] }),
    firewall("all", { sourceRanges: [], sourceServiceAccounts: ["ci@p.iam.gserviceaccount.com"] }),
    { ...firewall("tcp:22"), related: [onNetwork(), other("tcp:22")] },
    { ...firewall("tcp:22"), related: [other("all", { priority: 1000 })] },
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
      ...firewall("tcp:22"),
      related: [onNetwork({ policies: [policy("hierarchical", policyRule("tcp:22", { action: "deny" }))] })],
    },
    {
      ...firewall("tcp:22"),
      related: [
        onNetwork({
          policyOrder: "before",
          policies: [policy("global", policyRule("all", { action: "deny", source: {} }))],
        }),
      ],
    },
  ],
  fail: [
    [firewall("tcp:22"), "Port 22 is open to 0.0.0.0/0 for every instance of network main."],
    [firewall("6:20-25,3000-4000"), "Port 22 is open to 0.0.0.0/0 for every instance of network main."],
    [firewall("all"), "Port 22 is open to 0.0.0.0/0 for every instance of network main."],
    [
      firewall("tcp", { sourceRanges: ["10.0.0.0/8", "::/0"] }),
      "Port 22 is open to ::/0 for every instance of network main.",
    ],
    [
      firewall("tcp", { sourceRanges: ["0.0.0.0/1", "128.0.0.0/1"] }),
      "Port 22 is open to 0.0.0.0/1 and 128.0.0.0/1 for every instance of network main.",
    ],
    // A rule that names no source is for everyone.
    [
      firewall("tcp", { sourceRanges: [] }),
      "Port 22 is open to 0.0.0.0/0 for every instance of network main.",
    ],
    [
      firewall("tcp", { targetTags: ["web", "db"] }),
      "Port 22 is open to 0.0.0.0/0 for instances tagged web and db of network main.",
    ],
    [
      firewall("tcp", { targetServiceAccounts: ["web@p.iam.gserviceaccount.com"] }),
      "Port 22 is open to 0.0.0.0/0 for instances running as web@p.iam.gserviceaccount.com of network main.",
    ],
    // Denials that come too late, are off, are for others, or belong to another network.
    [
      {
        ...firewall("tcp:22"),
        related: [
          onNetwork(),
          other("all", { priority: 1001 }),
          other("all", { disabled: true }),
          other("all", { direction: "EGRESS" }),
          other("all", { network: "//compute.googleapis.com/projects/p/global/networks/other" }),
          other("tcp:3389"),
        ],
      },
      "Port 22 is open to 0.0.0.0/0 for every instance of network main.",
    ],
    [
      {
        ...firewall("tcp:22", { targetTags: ["web", "db"] }),
        related: [other("all", { targetTags: ["db"] })],
      },
      "Port 22 is open to 0.0.0.0/0 for instances tagged web of network main, though deny denies part of it.",
    ],
    // A policy of the network's own is asked after its rules, unless it was told otherwise.
    [
      {
        ...firewall("tcp:22"),
        related: [onNetwork({ policies: [policy("global", policyRule("all", { action: "deny" }))] })],
      },
      "Port 22 is open to 0.0.0.0/0 for every instance of network main.",
    ],
    // What a policy denies by country leaves all the others.
    [
      {
        ...firewall("tcp:22"),
        related: [
          onNetwork({
            policies: [
              policy("hierarchical", policyRule("all", { action: "deny", source: { regionCodes: ["KP"] } })),
            ],
          }),
        ],
      },
      "Port 22 is open to 0.0.0.0/0 for every instance of network main.",
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
});
