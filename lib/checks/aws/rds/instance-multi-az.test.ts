import { testCheck } from "#lib/checks/test-check.ts";
import { instanceMultiAz } from "./instance-multi-az.ts";

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

const member = (zone?: string) => ({
  ...instance,
  engine: "aurora-postgresql",
  clusterId: "orders",
  multiAz: false,
  availabilityZone: zone,
});
const other = (zone?: string, change = {}) => ({
  kind: "aws.rds.instance" as const,
  uid: "arn:aws:rds:eu-west-1:111122223333:db:other",
  config: { ...member(zone), ...change },
});

testCheck(instanceMultiAz, {
  pass: [
    { config: { ...instance, multiAz: true } },
    { config: member("eu-west-1a"), related: [other("eu-west-1b")] },
    { config: member("eu-west-1a"), related: [other("eu-west-1b")], incomplete: ["aws.rds.instance"] },
  ],
  fail: [
    [{ config: { ...instance, multiAz: false } }, "The instance is in one zone."],
    [{ config: member("eu-west-1a") }, "All members of cluster orders are in eu-west-1a."],
    [
      {
        config: member("eu-west-1a"),
        related: [other("eu-west-1a"), other("eu-west-1b", { clusterId: "carts" })],
      },
      "All members of cluster orders are in eu-west-1a.",
    ],
  ],
  unknown: [
    { config: instance },
    { config: member() },
    { config: { ...member("eu-west-1a"), multiAz: undefined } },
    { config: member("eu-west-1a"), related: [other()] },
    { config: member("eu-west-1a"), incomplete: ["aws.rds.instance"] },
  ],
});
