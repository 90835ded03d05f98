import { testCheck } from "#lib/checks/test-check.ts";
import { instanceImdsv2 } from "./instance-imdsv2.ts";

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

testCheck(instanceImdsv2, {
  pass: [
    { config: { ...instance, metadata: { endpoint: "enabled", tokens: "required", hopLimit: 1 } } },
    { config: { ...instance, metadata: { endpoint: "disabled", tokens: "optional", hopLimit: 1 } } },
  ],
  fail: [
    [
      { config: { ...instance, metadata: { endpoint: "enabled", tokens: "optional", hopLimit: 1 } } },
      "The metadata service answers version 1, as session tokens are optional.",
    ],
  ],
  unknown: [{ config: instance }],
});
