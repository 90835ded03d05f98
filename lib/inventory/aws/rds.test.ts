import { expect, it } from "vitest";
import { dbInstances } from "./rds.ts";
import { account, collect, paged, queryAnswer, queryFailure } from "./test-answers.ts";

const arn = (name: string) => `arn:aws:rds:eu-west-1:${account}:db:${name}`;
const instance = (name: string, rest: string) =>
  `<DBInstance><DBInstanceIdentifier>${name}</DBInstanceIdentifier><DBInstanceArn>${arn(name)}</DBInstanceArn><Engine>mysql</Engine><EngineVersion>8.0.28</EngineVersion><DBInstanceStatus>available</DBInstanceStatus><DBInstanceClass>db.t3.small</DBInstanceClass>${rest}</DBInstance>`;
const orders = instance(
  "orders",
  `<InstanceCreateTime>2022-06-01T12:00:00Z</InstanceCreateTime><StorageEncrypted>true</StorageEncrypted><KmsKeyId>arn:aws:kms:eu-west-1:${account}:key/1</KmsKeyId><PubliclyAccessible>false</PubliclyAccessible><AutoMinorVersionUpgrade>true</AutoMinorVersionUpgrade><MultiAZ>false</MultiAZ><AvailabilityZone>eu-west-1a</AvailabilityZone><Endpoint><Address>orders.example.eu-west-1.rds.amazonaws.com</Address><Port>3306</Port></Endpoint><DBSubnetGroup><VpcId>vpc-1</VpcId></DBSubnetGroup><VpcSecurityGroups><VpcSecurityGroupMembership><VpcSecurityGroupId>sg-1</VpcSecurityGroupId><Status>active</Status></VpcSecurityGroupMembership></VpcSecurityGroups><DeletionProtection>true</DeletionProtection><BackupRetentionPeriod>7</BackupRetentionPeriod><IAMDatabaseAuthenticationEnabled>false</IAMDatabaseAuthenticationEnabled><TagList><Tag><Key>team</Key><Value>payments</Value></Tag></TagList>`,
);
const answer = (members: string, marker = "") =>
  queryAnswer("DescribeDBInstances", `<DBInstances>${members}</DBInstances>${marker}`);

it("reads DB instances page by page, and keeps absent what one leaves out", async () => {
  const read = await collect(dbInstances, {
    DescribeDBInstances: paged(
      "Marker",
      answer(orders, "<Marker>next</Marker>"),
      answer(instance("sparse", "")),
    ),
  });
  const common = {
    kind: "aws.rds.instance",
    account,
    region: "eu-west-1",
  };
  const config = {
    engine: "mysql",
    engineVersion: "8.0.28",
    status: "available",
    instanceClass: "db.t3.small",
  };
  expect(read.resources).toEqual([
    {
      ...common,
      uid: arn("orders"),
      name: "orders",
      tags: { team: "payments" },
      config: {
        ...config,
        createdAt: "2022-06-01T12:00:00.000Z",
        storageEncrypted: true,
        kmsKeyId: `arn:aws:kms:eu-west-1:${account}:key/1`,
        publiclyAccessible: false,
        autoMinorVersionUpgrade: true,
        multiAz: false,
        availabilityZone: "eu-west-1a",
        clusterId: null,
        endpoint: { address: "orders.example.eu-west-1.rds.amazonaws.com", port: 3306 },
        vpcId: "vpc-1",
        securityGroupIds: ["sg-1"],
        deletionProtection: true,
        backupRetentionDays: 7,
        iamAuthentication: false,
      },
      unread: [],
    },
    {
      ...common,
      uid: arn("sparse"),
      name: "sparse",
      tags: {},
      config: {
        ...config,
        createdAt: null,
        kmsKeyId: null,
        availabilityZone: null,
        clusterId: null,
        endpoint: null,
        vpcId: null,
        securityGroupIds: [],
        backupRetentionDays: null,
      },
      unread: [
        "storageEncrypted",
        "publiclyAccessible",
        "autoMinorVersionUpgrade",
        "multiAz",
        "deletionProtection",
        "iamAuthentication",
      ],
    },
  ]);
  expect(read).toMatchObject({ thrown: null, gaps: [{ resourceUid: arn("sparse"), code: "malformed" }] });
});

it("throws when refused", async () => {
  const read = await collect(dbInstances, { DescribeDBInstances: queryFailure("AccessDenied", 403) });
  expect(read).toMatchObject({ resources: [], thrown: { operation: "rds:DescribeDBInstances" } });
});
