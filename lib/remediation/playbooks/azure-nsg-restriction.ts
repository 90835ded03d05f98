import { definePlaybook } from "../playbook.ts";

export const azureNsgRestriction = definePlaybook({
  id: "AZURE-NSG-RESTRICTION",
  title: "Close a network security group to the internet",
  description:
    "Takes the internet out of the inbound rules by which it reaches the ports that the findings are about. A rule keeps its other ports, protocols and sources, its name, description and priority; where it has to be split, the parts stand beside it, with no deny rule between. Deny rules, application security groups and stated exceptions stay.",
  category: "network",
  clouds: ["azure"],
  severity: "critical",
  fixes: [
    "azure.network.security-group-ssh",
    "azure.network.security-group-rdp",
    "azure.network.security-group-udp",
    "azure.network.security-group-http",
    "azure.network.security-group-all-ports",
  ],
  parameters: {
    exceptions: {
      title: "Networks that keep their way in",
      help: "One range per line, such as 203.0.113.0/24 for an office. None is let in that isn't let in now.",
      type: "list",
      default: [],
      pattern: "[0-9a-fA-F.:]+/[0-9]{1,3}",
      maxItems: 50,
    },
  },
  prerequisites: ["write_identity", "resource_present", "check_failing"],
  risk: "medium",
  approvals: 1,
  irreversible: [],
  leftToPeople: [
    "Ask whoever signs in from elsewhere to come through a VPN, Azure Bastion or just-in-time access.",
    "Publish web servers through a gateway with a firewall.",
  ],
  actions: [
    {
      id: "restrict-inbound",
      title: "Remove what opens the group to the internet",
      kind: "azure",
      operation: "azure.network.restrict-inbound",
      with: { checks: { $checks: true }, exceptions: { $parameter: "exceptions" } },
      timeoutSeconds: 300,
    },
  ],
});
