import type { Kind } from "../model.ts";
import { accessAnalyzerRegion } from "./accessanalyzer.ts";
import { trails } from "./cloudtrail.ts";
import type { AwsCollector } from "./collector.ts";
import { configRegion } from "./config.ts";
import { instances } from "./ec2-instances.ts";
import { networkAcls, vpcs } from "./ec2-network.ts";
import { ec2Region } from "./ec2-region.ts";
import { prefixLists, securityGroups } from "./ec2-security-groups.ts";
import { snapshots, volumes } from "./ec2-storage.ts";
import { fileSystems } from "./efs.ts";
import { guardDutyRegion } from "./guardduty.ts";
import { awsAccount } from "./iam-account.ts";
import { policies, serverCertificates } from "./iam-policies.ts";
import { groups, roles, users } from "./iam-principals.ts";
import { keys } from "./kms.ts";
import { dbInstances } from "./rds.ts";
import { buckets } from "./s3.ts";
import { s3Account } from "./s3-account.ts";
import { securityHubRegion } from "./securityhub.ts";

type AwsKind = Extract<Kind, `aws.${string}`>;

/** The collector of every AWS kind: a kind without one doesn't compile. */
const byKind: { [K in AwsKind]: AwsCollector<K> } = {
  "aws.s3.bucket": buckets,
  "aws.s3.account": s3Account,
  "aws.account": awsAccount,
  "aws.iam.user": users,
  "aws.iam.role": roles,
  "aws.iam.group": groups,
  "aws.iam.policy": policies,
  "aws.iam.server-certificate": serverCertificates,
  "aws.ec2.instance": instances,
  "aws.ec2.security-group": securityGroups,
  "aws.ec2.prefix-list": prefixLists,
  "aws.ec2.volume": volumes,
  "aws.ec2.snapshot": snapshots,
  "aws.ec2.vpc": vpcs,
  "aws.ec2.network-acl": networkAcls,
  "aws.ec2.region": ec2Region,
  "aws.rds.instance": dbInstances,
  "aws.cloudtrail.trail": trails,
  "aws.kms.key": keys,
  "aws.config.region": configRegion,
  "aws.guardduty.region": guardDutyRegion,
  "aws.accessanalyzer.region": accessAnalyzerRegion,
  "aws.efs.file-system": fileSystems,
  "aws.securityhub.region": securityHubRegion,
};

export const awsCollectors: readonly AwsCollector[] = Object.values(byKind);
