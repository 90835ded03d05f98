import {
  describeRules,
  findOpenRules,
  portsOf,
  protocolName,
  unknownAddresses,
} from "#lib/checks/aws/open-ingress.ts";
import { defineCheck, fail, pass, unknown, type Verdict } from "#lib/checks/model.ts";
import type { SecurityGroupRule } from "#lib/inventory/aws/ec2.kinds.ts";

export const securityGroupAllPorts = defineCheck({
  id: "aws.ec2.security-group-all-ports",
  title: "Security group doesn't open every port to the internet",
  severity: "critical",
  resource: "aws.ec2.security-group",
  context: ["aws.ec2.prefix-list"],
  permissions: [
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeManagedPrefixLists",
    "ec2:GetManagedPrefixListEntries",
  ],
  risk: "Whatever listens on a machine in this group can be reached by anyone, including services nobody meant to publish. The group protects nothing.",
  remediation: {
    text: "Replace the rule by one for each port that is really served, from the networks that need it.",
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    console: [
      "Open the security group in the VPC console.",
      "Inbound rules, Edit inbound rules.",
      "Delete the rule for all ports, add one per service, then Save rules.",
    ],
    cli: "aws ec2 revoke-security-group-ingress --region {region} --group-id {id} --protocol -1 --cidr 0.0.0.0/0",
    terraform: `resource "aws_vpc_security_group_ingress_rule" "https" {
  security_group_id = "{id}"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}`,
  },
  evaluate: (group, { resource, related }) => {
    const { ingress } = group;
    if (!ingress) return unknown("inbound rules");
    const unread: number[] = [];
    for (const protocol of ["tcp", "udp"]) {
      const ofProtocol = (rule: SecurityGroupRule) =>
        rule.protocol === "-1" || protocolName(rule.protocol) === protocol;
      const whole = findOpenRules(
        ingress,
        (rule) => ofProtocol(rule) && coversEveryPort([portsOf(rule)]),
        related,
        resource.region,
      );
      if (whole.open.length) return failFor(ingress, whole.open, protocol);
      // Rules for parts of the ports add up where each lets the internet in.
      const parts = findOpenRules(ingress, ofProtocol, related, resource.region);
      const open = parts.alone ? parts.open : [];
      const portsFor = (indexes: number[]) => indexes.flatMap((index) => ingress[index] ?? []).map(portsOf);
      if (coversEveryPort(portsFor(open))) return failFor(ingress, open, protocol);
      if (coversEveryPort(portsFor([...open, ...parts.unread]))) unread.push(...parts.unread);
    }
    return unread.length ? unknownAddresses(ingress, [...new Set(unread)]) : pass();
  },
});

function failFor(ingress: readonly SecurityGroupRule[], open: readonly number[], protocol: string): Verdict {
  const rules = open.flatMap((index) => ingress[index] ?? []);
  const ports = rules.some((rule) => rule.protocol === "-1") ? "port" : `${protocol} port`;
  return fail(
    `Every ${ports} is open to ${describeRules(rules)}.`,
    ...open.map((index) => `/ingress/${index}`),
  );
}

/** Port 0 is not in use, so 1-65535 is everything. */
function coversEveryPort(ranges: [from: number, to: number][]): boolean {
  if (!ranges.length) return false;
  let next = 1;
  for (const [from, to] of ranges.sort((a, b) => a[0] - b[0]))
    if (from <= next) next = Math.max(next, to + 1);
  return next > 65_535;
}
