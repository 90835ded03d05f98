import { testCheck } from "#lib/checks/test-check.ts";
import type { SecurityGroupRule } from "#lib/inventory/aws/ec2.kinds.ts";
import { securityGroupAllPorts } from "./security-group-all-ports.ts";

const rule = (
  peer: string,
  protocol: string,
  fromPort: number | null,
  toPort: number | null,
): SecurityGroupRule => ({
  protocol,
  fromPort,
  toPort,
  peerType: peer.startsWith("pl-") ? "prefix-list" : peer.includes(":") ? "ipv6" : "ipv4",
  peer,
  description: null,
});
const group = (...ingress: SecurityGroupRule[]) => ({
  config: { groupId: "sg-1", description: null, vpcId: "vpc-1", isDefault: false, ingress, egress: [] },
});

testCheck(securityGroupAllPorts, {
  pass: [
    group(),
    group(rule("0.0.0.0/0", "tcp", 22, 22)),
    group(rule("0.0.0.0/0", "tcp", 0, 65534)),
    group(rule("10.0.0.0/8", "-1", null, null)),
    group(rule("0.0.0.0/0", "icmp", -1, -1)),
    group(rule("0.0.0.0/0", "tcp", 0, 1023), rule("10.0.0.0/8", "tcp", 1024, 65535)),
    // Two networks with half of the ports each.
    group(rule("8.0.0.0/8", "tcp", 0, 1023), rule("9.0.0.0/8", "tcp", 1024, 65535)),
    group(rule("pl-1", "tcp", 443, 443)),
  ],
  fail: [
    [
      group(rule("0.0.0.0/0", "-1", null, null)),
      "Every port is open to 0.0.0.0/0 by a rule for all traffic.",
    ],
    [group(rule("::/0", "udp", 0, 65535)), "Every udp port is open to ::/0 by a rule for udp on every port."],
    [
      group(rule("0.0.0.0/0", "tcp", 1, 65535)),
      "Every tcp port is open to 0.0.0.0/0 by a rule for tcp on every port.",
    ],
    [
      group(rule("0.0.0.0/0", "tcp", 0, 1023), rule("0.0.0.0/0", "tcp", 1024, 65535)),
      "Every tcp port is open to 0.0.0.0/0 by rules for tcp 0-1023 and tcp 1024-65535.",
    ],
    [
      group(rule("0.0.0.0/1", "-1", null, null), rule("128.0.0.0/1", "-1", null, null)),
      "Every port is open to 0.0.0.0/1 and 128.0.0.0/1 by rules for all traffic.",
    ],
  ],
  unknown: [
    { config: { ...group().config, ingress: undefined } },
    group(rule("pl-1", "-1", null, null)),
    group(rule("0.0.0.0/0", "tcp", 0, 1023), rule("pl-1", "tcp", 1024, 65535)),
  ],
});
