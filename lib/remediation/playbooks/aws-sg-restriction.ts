import { definePlaybook } from "../playbook.ts";

const ports = "\\d{1,5}(-\\d{1,5})?";
const ingress = [
  "aws.ec2.security-group-ssh",
  "aws.ec2.security-group-rdp",
  "aws.ec2.security-group-cifs",
  "aws.ec2.security-group-all-ports",
];
const defaultGroup = "aws.ec2.default-security-group";

export const awsSgRestriction = definePlaybook({
  id: "AWS-SG-RESTRICTION",
  title: "Close a security group to the internet",
  description:
    "Takes out of the inbound rules what lets the internet in where its findings say it mustn't, and nothing else: other ports, sources, prefix lists, groups, descriptions and tags stay. A default security group loses all of its rules.",
  category: "network",
  clouds: ["aws"],
  severity: "critical",
  fixes: [...ingress, defaultGroup],
  parameters: {
    exceptions: {
      title: "Who keeps access",
      help: "Ranges of addresses that may still come in on the ports that are closed, such as 203.0.113.0/24.",
      type: "list",
      pattern: "[0-9a-fA-F.:]+/\\d{1,3}",
      maxItems: 20,
    },
    ports: {
      title: "Further ports to close",
      help: "Closed to the internet beside those that the findings are about, over TCP and UDP, such as 5432 or 8000-8100.",
      type: "list",
      pattern: ports,
      maxItems: 20,
    },
    leaveOpen: {
      title: "Ports that stay open to everyone",
      help: "Where a rule opens every port, those of TCP that are really served to the public, such as 443.",
      type: "list",
      pattern: ports,
      maxItems: 20,
    },
    evenIfUsed: {
      title: "Empty a default group that is in use",
      help: "Whatever is in the group loses its connections. Without this, a default group that something is in is left alone.",
      type: "boolean",
      default: false,
    },
  },
  prerequisites: ["write_identity", "resource_present", "check_failing"],
  risk: "medium",
  approvals: 1,
  irreversible: [],
  leftToPeople: [
    "Give those who lost access another way in, such as Session Manager, a VPN or an exception.",
    "Move what is in a default security group to a group of its own.",
  ],
  actions: [
    {
      id: "restrict-ingress",
      title: "Take out what lets the internet in",
      kind: "aws",
      operation: "aws.ec2.restrict-ingress",
      with: {
        checks: { $checks: true },
        exceptions: { $parameter: "exceptions" },
        ports: { $parameter: "ports" },
        leaveOpen: { $parameter: "leaveOpen" },
      },
      // Of a default group all rules go, those that are open among them.
      when: { checks: ingress, not: { checks: [defaultGroup] } },
      timeoutSeconds: 120,
    },
    {
      id: "empty-default-group",
      title: "Take every rule out of the default group",
      kind: "aws",
      operation: "aws.ec2.empty-default-group",
      with: { evenIfUsed: { $parameter: "evenIfUsed" } },
      when: { checks: [defaultGroup] },
      timeoutSeconds: 120,
    },
  ],
});
