import { testCheck } from "#lib/checks/test-check.ts";
import { instancePublic } from "./instance-public.ts";

const instance = {
  engine: "postgres",
  engineVersion: "17.5",
  status: "available",
  instanceClass: "db.t4g.micro",
  createdAt: null,
  kmsKeyId: null,
  clusterId: null,
  endpoint: null,
  vpcId: "vpc-1",
  securityGroupIds: [],
  backupRetentionDays: 7,
};

testCheck(instancePublic, {
  pass: [{ config: { ...instance, publiclyAccessible: false } }],
  fail: [
    [{ config: { ...instance, publiclyAccessible: true } }, "The instance is publicly accessible."],
    [
      {
        config: {
          ...instance,
          publiclyAccessible: true,
          endpoint: { address: "db.example.com", port: 5432 },
        },
      },
      "The instance is publicly accessible at db.example.com:5432.",
    ],
  ],
  unknown: [{ config: instance }],
});
