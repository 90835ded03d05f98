import { testCheck } from "#lib/checks/test-check.ts";
import type { SecurityGroupRule } from "#lib/inventory/aws/ec2.kinds.ts";
import { defaultSecurityGroup } from "./default-security-group.ts";

const rule: SecurityGroupRule = {
  protocol: "-1",
  fromPort: null,
  toPort: null,
  peerType: "security-group",
  peer: "sg-1",
  description: null,
};
const group = { groupId: "sg-1", description: null, vpcId: "vpc-1", isDefault: true };

testCheck(defaultSecurityGroup, {
  pass: [
    { config: { ...group, ingress: [], egress: [] } },
    { config: { ...group, isDefault: false, ingress: [rule], egress: [rule] } },
  ],
  fail: [
    [
      { config: { ...group, ingress: [rule], egress: [] } },
      "The default group has 1 inbound rule and 0 outbound rules.",
    ],
    [
      { config: { ...group, ingress: [], egress: [rule, rule] } },
      "The default group has 0 inbound rules and 2 outbound rules.",
    ],
    [{ config: { ...group, egress: [rule] } }, "The default group has 0 inbound rules and 1 outbound rule."],
  ],
  unknown: [{ config: group }, { config: { ...group, ingress: [] } }, { config: { ...group, egress: [] } }],
});
