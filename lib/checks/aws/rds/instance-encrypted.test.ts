import { testCheck } from "#lib/checks/test-check.ts";
import { instanceEncrypted } from "./instance-encrypted.ts";

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

testCheck(instanceEncrypted, {
  pass: [{ config: { ...instance, storageEncrypted: true } }],
  fail: [[{ config: { ...instance, storageEncrypted: false } }, "Storage is not encrypted."]],
  unknown: [{ config: instance }],
});
