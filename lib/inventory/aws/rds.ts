import { type DBInstance, paginateDescribeDBInstances } from "@aws-sdk/client-rds";
import { listing, readPromised, required, tagRecord, timeOf } from "../answers.ts";
import type { Resource } from "../model.ts";
import type { AwsCollector, AwsContext } from "./collector.ts";
import { distinct } from "./ec2-common.ts";

export const dbInstances: AwsCollector<"aws.rds.instance"> = {
  kind: "aws.rds.instance",
  cloud: "aws",
  service: "rds",
  scope: "regional",
  permissions: ["rds:DescribeDBInstances"],
  collect(context) {
    const { clients, signal } = context;
    // 100 is the most that this call takes.
    const pages = paginateDescribeDBInstances(
      { client: clients.rds, pageSize: 100 },
      {},
      { abortSignal: signal },
    );
    const found = listing("rds:DescribeDBInstances", pages, (page) => page.DBInstances);
    return context.each(found, (instance) => describeInstance(context, instance));
  },
};

async function describeInstance(
  context: AwsContext,
  instance: DBInstance,
): Promise<Resource<"aws.rds.instance">> {
  const { account, region } = context;
  const { Endpoint } = instance;
  const uid = required(instance.DBInstanceArn, "DBInstanceArn");
  const { read, unread } = await readPromised(context, uid, "rds:DescribeDBInstances", {
    storageEncrypted: instance.StorageEncrypted,
    publiclyAccessible: instance.PubliclyAccessible,
    autoMinorVersionUpgrade: instance.AutoMinorVersionUpgrade,
    multiAz: instance.MultiAZ,
    deletionProtection: instance.DeletionProtection,
    iamAuthentication: instance.IAMDatabaseAuthenticationEnabled,
  });
  return {
    uid,
    kind: "aws.rds.instance",
    account,
    region,
    name: required(instance.DBInstanceIdentifier, "DBInstanceIdentifier"),
    tags: tagRecord((instance.TagList ?? []).map((tag) => [tag.Key, tag.Value])),
    config: {
      engine: required(instance.Engine, "Engine"),
      engineVersion: instance.EngineVersion ?? null,
      status: required(instance.DBInstanceStatus, "DBInstanceStatus"),
      instanceClass: instance.DBInstanceClass ?? null,
      createdAt: timeOf(instance.InstanceCreateTime),
      kmsKeyId: instance.KmsKeyId ?? null,
      availabilityZone: instance.AvailabilityZone ?? null,
      clusterId: instance.DBClusterIdentifier ?? null,
      // While an instance is being made it has a port and no address.
      endpoint:
        Endpoint?.Address === undefined || Endpoint.Port === undefined
          ? null
          : { address: Endpoint.Address, port: Endpoint.Port },
      vpcId: instance.DBSubnetGroup?.VpcId ?? null,
      securityGroupIds: distinct((instance.VpcSecurityGroups ?? []).map((group) => group.VpcSecurityGroupId)),
      backupRetentionDays: instance.BackupRetentionPeriod ?? null,
      ...read,
    },
    unread,
  };
}
