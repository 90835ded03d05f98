import { testCheck } from "#lib/checks/test-check.ts";
import { instanceRole } from "./instance-role.ts";

const instance = {
  state: "running",
  type: "t3.micro",
  imageId: "ami-1",
  launchedAt: null,
  ipv6Addresses: [],
  vpcId: "vpc-1",
  subnetId: "subnet-1",
  securityGroupIds: [],
  volumeIds: [],
  keyName: null,
};

testCheck(instanceRole, {
  pass: [{ config: { ...instance, instanceProfileArn: "arn:aws:iam::111122223333:instance-profile/web" } }],
  fail: [[{ config: { ...instance, instanceProfileArn: null } }, "No instance profile is attached."]],
  unknown: [{ config: instance }],
});
