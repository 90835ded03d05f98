import { testCheck } from "#lib/checks/test-check.ts";
import type { SecurityGroupRule } from "#lib/inventory/aws/ec2.kinds.ts";
import { securityGroupSsh } from "./security-group-ssh.ts";

const rule = (peer: string, change: Partial<SecurityGroupRule> = {}): SecurityGroupRule => ({
  protocol: "tcp",
  fromPort: 22,
  toPort: 22,
  peerType: peer.startsWith("pl-") ? "prefix-list" : peer.includes(":") ? "ipv6" : "ipv4",
  peer,
  description: null,
  ...change,
});
const group = (...ingress: SecurityGroupRule[]) => ({
  config: {
    groupId: "sg-1",
    description: null,
    vpcId: "vpc-1",
    isDefault: false,
    ingress,
    egress: [rule("0.0.0.0/0")],
  },
});

const prefixList = (prefixListId: string, entries: string[] | null | undefined) => ({
  kind: "aws.ec2.prefix-list" as const,
  config: {
    prefixListId,
    managedBy: entries === null ? ("aws" as const) : ("customer" as const),
    addressFamily: "IPv4" as const,
    entries,
  },
});

testCheck(securityGroupSsh, {
  pass: [
    group(),
    group(rule("10.0.0.0/8"), rule("203.0.113.0/24")),
    group(rule("0.0.0.0/0", { fromPort: 22 + 1, toPort: 65535 })),
    group(rule("sg-2", { peerType: "security-group" })),
    group(rule("0.0.0.0/0", { protocol: "udp" })),
    group(rule("0.0.0.0/0", { protocol: "icmp", fromPort: -1, toPort: -1 })),
    group(rule("10.0.0.0/8"), rule("172.16.0.0/12"), rule("192.168.0.0/16"), rule("fc00::/7")),
    group(rule("17.0.0.0/8")),
    { ...group(rule("pl-1")), related: [prefixList("pl-1", ["203.0.113.0/24"])] },
    { ...group(rule("pl-aws")), related: [prefixList("pl-aws", null)] },
  ],
  fail: [
    [group(rule("0.0.0.0/0")), "Port 22 is open to 0.0.0.0/0 by a rule for tcp 22."],
    [
      group(rule("::/0", { fromPort: 22 - 2, toPort: 22 + 3 })),
      `Port 22 is open to ::/0 by a rule for tcp ${22 - 2}-${22 + 3}.`,
    ],
    [
      group(rule("0.0.0.0/0", { protocol: "-1", fromPort: null, toPort: null })),
      "Port 22 is open to 0.0.0.0/0 by a rule for all traffic.",
    ],
    [
      group(rule("10.0.0.0/8"), rule("0.0.0.0/0"), rule("::/0")),
      "Port 22 is open to 0.0.0.0/0 and ::/0 by rules for tcp 22.",
    ],
    [
      group(rule("0.0.0.0/1"), rule("128.0.0.0/1", { fromPort: 0, toPort: 65535 })),
      "Port 22 is open to 0.0.0.0/1 and 128.0.0.0/1 by rules for tcp 22 and tcp on every port.",
    ],
    [group(rule("64.0.0.0/2")), "Port 22 is open to 64.0.0.0/2 by a rule for tcp 22."],
    [
      group(rule("8.0.0.0/8"), rule("9.0.0.0/8")),
      "Port 22 is open to 8.0.0.0/8 and 9.0.0.0/8 by rules for tcp 22.",
    ],
    [
      group(rule("2000::/4"), rule("3000::/4")),
      "Port 22 is open to 2000::/4 and 3000::/4 by rules for tcp 22.",
    ],
    [group(rule("0.0.0.0/0", { protocol: "6" })), "Port 22 is open to 0.0.0.0/0 by a rule for tcp 22."],
    [
      group(rule("0.0.0.0/0", { fromPort: -1, toPort: -1 })),
      "Port 22 is open to 0.0.0.0/0 by a rule for tcp on every port.",
    ],
    [
      { ...group(rule("pl-1")), related: [prefixList("pl-1", ["0.0.0.0/1", "128.0.0.0/1"])] },
      "Port 22 is open to pl-1 by a rule for tcp 22.",
    ],
    [group(rule("pl-unread"), rule("0.0.0.0/0")), "Port 22 is open to 0.0.0.0/0 by a rule for tcp 22."],
  ],
  unknown: [
    { config: { ...group().config, ingress: undefined } },
    group(rule("pl-1")),
    { ...group(rule("pl-1")), related: [prefixList("pl-1", undefined)] },
    { ...group(rule("pl-1")), related: [{ ...prefixList("pl-1", []), region: "eu-central-1" }] },
  ],
});
