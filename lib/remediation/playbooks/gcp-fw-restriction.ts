import { definePlaybook } from "../playbook.ts";

export const gcpFirewallRestriction = definePlaybook({
  id: "GCP-FW-RESTRICTION",
  title: "Close a firewall of Google Cloud to the internet",
  description:
    "Takes out of a VPC firewall rule, or of the rules of a network's firewall policies, what lets the internet reach SSH, Remote Desktop or every port. Other ports, ranges, targets, the priority, logging and the description stay; where only some of the ports offend, sources that may stay go to a companion rule of the same priority, or right beside it in a policy. A rule of which nothing is left is switched off, not deleted.",
  category: "network",
  clouds: ["gcp"],
  severity: "critical",
  fixes: [
    "gcp.compute.firewall-ssh",
    "gcp.compute.firewall-rdp",
    "gcp.compute.firewall-all-ports",
    "gcp.compute.network-policy-ssh",
    "gcp.compute.network-policy-rdp",
    "gcp.compute.network-policy-all-ports",
  ],
  parameters: {
    exceptions: {
      type: "list",
      title: "Ranges that stay let in",
      help: "One range of addresses per line, such as 203.0.113.0/24 for an office. What the rule let in from there stays.",
      pattern: "[0-9a-fA-F:.]+/[0-9]{1,3}",
      maxItems: 100,
    },
  },
  prerequisites: ["write_identity", "resource_present", "check_failing"],
  risk: "medium",
  approvals: 1,
  irreversible: [],
  leftToPeople: [
    "Give administrators another way in first, such as Identity-Aware Proxy, whose range 35.235.240.0/20 can be stated as an exception.",
    "Firewall policies of a folder or of the organization are changed where they were made.",
  ],
  actions: [
    {
      id: "restrict-firewall",
      title: "Remove what the rule opens to the internet",
      kind: "gcp",
      operation: "gcp.compute.restrict-firewall",
      with: { exceptions: { $parameter: "exceptions" } },
      when: { kinds: ["gcp.compute.firewall"] },
      timeoutSeconds: 300,
    },
    {
      id: "restrict-policies",
      title: "Remove what the network's firewall policies open to the internet",
      kind: "gcp",
      operation: "gcp.compute.restrict-network-policies",
      with: { exceptions: { $parameter: "exceptions" } },
      when: { kinds: ["gcp.compute.network"] },
      timeoutSeconds: 300,
    },
  ],
});
