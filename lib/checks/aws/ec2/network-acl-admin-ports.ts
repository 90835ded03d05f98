import { protocolName } from "#lib/checks/aws/open-ingress.ts";
import {
  coversInternet,
  type Family,
  familyOf,
  intersect,
  type Ranges,
  rangeOf,
  subtract,
  union,
} from "#lib/checks/ip-ranges.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";
import type { NetworkAclEntry } from "#lib/inventory/aws/ec2.kinds.ts";

const adminPorts = [
  { port: 22, protocols: ["tcp"] },
  { port: 3389, protocols: ["tcp", "udp"] },
] as const;

export const networkAclAdminPorts = defineCheck({
  id: "aws.ec2.network-acl-admin-ports",
  title: "Network ACL keeps SSH and Remote Desktop closed to the internet",
  severity: "medium",
  resource: "aws.ec2.network-acl",
  permissions: ["ec2:DescribeNetworkAcls"],
  risk: "The network ACL is the second line behind the security groups. While it lets everyone through to the administration ports, one careless security group is enough to expose a machine.",
  remediation: {
    text: "Allow ports 22 and 3389 from known networks alone, or deny them to everyone by an entry with a lower number than the one that allows all traffic.",
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html",
    console: [
      "Open the network ACL in the VPC console.",
      "Inbound rules, Edit inbound rules.",
      "Put a Deny for the port above the rule that allows it, or narrow that rule's source, then Save changes.",
    ],
    cli: "aws ec2 create-network-acl-entry --region {region} --network-acl-id {id} --ingress --rule-number 10 --protocol tcp --port-range From=22,To=22 --cidr-block 0.0.0.0/0 --rule-action deny",
    terraform: `resource "aws_network_acl_rule" "deny_ssh" {
  network_acl_id = "{id}"
  rule_number    = 10
  protocol       = "tcp"
  rule_action    = "deny"
  cidr_block     = "0.0.0.0/0"
  from_port      = 22
  to_port        = 22
}`,
  },
  evaluate: ({ entries }) => {
    if (!entries) return unknown("entries");
    const inbound = entries
      .map((entry, index) => ({ entry, index }))
      .filter(({ entry }) => !entry.egress)
      .sort((a, b) => a.entry.ruleNumber - b.entry.ruleNumber);
    for (const { port, protocols } of adminPorts) {
      for (const protocol of protocols) {
        const applying = inbound.filter(({ entry }) => concerns(entry, protocol, port));
        for (const family of ["ipv4", "ipv6"] as const) {
          const opening = findOpening(applying, family);
          const { entry, index } = opening.at(-1) ?? {};
          if (!entry) continue;
          return fail(
            opening.length > 1
              ? `Port ${port} is open to the internet by entries ${opening.map((one) => one.entry.ruleNumber).join(", ")} together.`
              : `Port ${port} is open to ${entry.cidr} by entry ${entry.ruleNumber}.`,
            ...(opening.length > 1 ? opening.map((one) => `/entries/${one.index}`) : [`/entries/${index}`]),
          );
        }
      }
    }
    return pass();
  },
});

type Numbered = { entry: NetworkAclEntry; index: number };

/** The entries that let the internet in: the first matching entry decides, so each takes what those before it left. */
function findOpening(entries: Numbered[], family: Family): Numbered[] {
  let undecided = rangeOf(family === "ipv4" ? "0.0.0.0/0" : "::/0");
  let allowed: Ranges = [];
  const by: Numbered[] = [];
  for (const one of entries) {
    if (familyOf(one.entry.cidr) !== family) continue;
    const range = rangeOf(one.entry.cidr);
    if (one.entry.action === "allow") {
      const gained = intersect(undecided, range);
      if (coversInternet(family, gained)) return [one];
      if (gained.length) by.push(one);
      allowed = union(allowed, gained);
      if (coversInternet(family, allowed)) return by;
    }
    undecided = subtract(undecided, range);
  }
  return [];
}

function concerns({ protocol, fromPort, toPort }: NetworkAclEntry, wanted: string, port: number): boolean {
  if (protocol === "-1") return true;
  return protocolName(protocol) === wanted && (fromPort ?? 0) <= port && port <= (toPort ?? 65_535);
}
