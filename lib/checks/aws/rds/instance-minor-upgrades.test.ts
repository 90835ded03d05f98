import { testCheck } from "#lib/checks/test-check.ts";
import { instanceMinorUpgrades } from "./instance-minor-upgrades.ts";

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

testCheck(instanceMinorUpgrades, {
  pass: [{ config: { ...instance, autoMinorVersionUpgrade: true } }],
  fail: [
    [
      { config: { ...instance, autoMinorVersionUpgrade: false } },
      "Automatic minor upgrades are off, at postgres 17.5.",
    ],
    [
      { config: { ...instance, engineVersion: null, autoMinorVersionUpgrade: false } },
      "Automatic minor upgrades are off, at postgres of an unknown version.",
    ],
  ],
  unknown: [{ config: instance }],
});
