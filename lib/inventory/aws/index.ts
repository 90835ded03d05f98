import { trails } from "./cloudtrail.ts";
import type { AwsCollector } from "./collector.ts";
import { configRegion } from "./config.ts";
import { instances } from "./ec2-instances.ts";
import { networkAcls, vpcs } from "./ec2-network.ts";
import { ec2Region } from "./ec2-region.ts";
import { prefixLists, securityGroups } from "./ec2-security-groups.ts";
import { snapshots, volumes } from "./ec2-storage.ts";
import { guardDutyRegion } from "./guardduty.ts";
import { awsAccount } from "./iam-account.ts";
import { policies, serverCertificates } from "./iam-policies.ts";
import { groups, roles, users } from "./iam-principals.ts";
import { keys } from "./kms.ts";
import { dbInstances } from "./rds.ts";
import { buckets } from "./s3.ts";
import { s3Account } from "./s3-account.ts";

/** Every AWS collector, by service. A kind whose collector isn't listed here isn't read; a test counts them. */
export const awsCollectors: readonly AwsCollector[] = [
  buckets,
  s3Account,
  awsAccount,
  users,
  roles,
  groups,
  policies,
  serverCertificates,
  instances,
  securityGroups,
  prefixLists,
  volumes,
  snapshots,
  vpcs,
  networkAcls,
  ec2Region,
  dbInstances,
  trails,
  keys,
  configRegion,
  guardDutyRegion,
];
