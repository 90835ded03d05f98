import { testCheck } from "#lib/checks/test-check.ts";
import type { SecurityGroupRule } from "#lib/inventory/aws/ec2.kinds.ts";
import { securityGroupRdp } from "./security-group-rdp.ts";

const rule = (peer: string, change: Partial<SecurityGroupRule> = {}): SecurityGroupRule => ({
  protocol: "tcp",
  fromPort: 3389,
  toPort: 3389,
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

testCheck(securityGroupRdp, {
  pass: [
    group(),
    group(rule("10.0.0.0/8"), rule("203.0.113.0/24")),
    group(rule("0.0.0.0/0", { fromPort: 3389 + 1, toPort: 65535 })),
    group(rule("sg-2", { peerType: "security-group" })),
  ],
  fail: [
    [group(rule("0.0.0.0/0")), "Port 3389 is open to 0.0.0.0/0 by a rule for tcp 3389."],
    [
      group(rule("::/0", { fromPort: 3389 - 2, toPort: 3389 + 3 })),
      `Port 3389 is open to ::/0 by a rule for tcp ${3389 - 2}-${3389 + 3}.`,
    ],
    [
      group(rule("0.0.0.0/0", { protocol: "-1", fromPort: null, toPort: null })),
      "Port 3389 is open to 0.0.0.0/0 by a rule for all traffic.",
    ],
    [group(rule("0.0.0.0/0", { protocol: "udp" })), "Port 3389 is open to 0.0.0.0/0 by a rule for udp 3389."],
  ],
  unknown: [{ config: { ...group().config, ingress: undefined } }],
});
