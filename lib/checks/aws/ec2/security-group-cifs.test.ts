import { testCheck } from "#lib/checks/test-check.ts";
import type { SecurityGroupRule } from "#lib/inventory/aws/ec2.kinds.ts";
import { securityGroupCifs } from "./security-group-cifs.ts";

const rule = (peer: string, change: Partial<SecurityGroupRule> = {}): SecurityGroupRule => ({
  protocol: "tcp",
  fromPort: 445,
  toPort: 445,
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

testCheck(securityGroupCifs, {
  pass: [
    group(),
    group(rule("10.0.0.0/8"), rule("203.0.113.0/24")),
    group(rule("0.0.0.0/0", { fromPort: 445 + 1, toPort: 65535 })),
    group(rule("sg-2", { peerType: "security-group" })),
  ],
  fail: [
    [group(rule("0.0.0.0/0")), "Port 445 is open to 0.0.0.0/0 by a rule for tcp 445."],
    [
      group(rule("::/0", { fromPort: 445 - 2, toPort: 445 + 3 })),
      `Port 445 is open to ::/0 by a rule for tcp ${445 - 2}-${445 + 3}.`,
    ],
    [
      group(rule("0.0.0.0/0", { protocol: "-1", fromPort: null, toPort: null })),
      "Port 445 is open to 0.0.0.0/0 by a rule for all traffic.",
    ],
  ],
  unknown: [{ config: { ...group().config, ingress: undefined } }],
});
