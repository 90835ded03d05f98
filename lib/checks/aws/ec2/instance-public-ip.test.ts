import { testCheck } from "#lib/checks/test-check.ts";
import { instancePublicIp } from "./instance-public-ip.ts";

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

testCheck(instancePublicIp, {
  pass: [{ config: { ...instance, publicIps: [] } }],
  fail: [
    [
      { config: { ...instance, publicIps: ["203.0.113.7"] } },
      "The instance has the public address 203.0.113.7.",
    ],
    [
      { config: { ...instance, publicIps: ["203.0.113.7", "203.0.113.8"] } },
      "The instance has the public addresses 203.0.113.7, 203.0.113.8.",
    ],
  ],
  unknown: [{ config: instance }],
});
