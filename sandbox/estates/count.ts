import { cloudTrailState } from "#sandbox/aws/handlers/cloudtrail.ts";
import { ec2State } from "#sandbox/aws/handlers/ec2/state.ts";
import { efsState } from "#sandbox/aws/handlers/efs.ts";
import { countAttachments, isAwsManaged } from "#sandbox/aws/handlers/iam/policies.ts";
import { iamState } from "#sandbox/aws/handlers/iam/state.ts";
import { kmsState } from "#sandbox/aws/handlers/kms.ts";
import { rdsState } from "#sandbox/aws/handlers/rds.ts";
import { s3State } from "#sandbox/aws/handlers/s3/state.ts";
import type { AwsEstate } from "#sandbox/aws/model.ts";

/** Kinds of which every region has exactly one. */
const regionKinds = [
  "aws.ec2.region",
  "aws.config.region",
  "aws.guardduty.region",
  "aws.accessanalyzer.region",
  "aws.securityhub.region",
];

/** How many resources of each inventory kind a scan of the whole estate finds. */
export function countResources(estate: AwsEstate): Record<string, number> {
  const counts: Record<string, number> = {};
  const add = (kind: string, count: number) => {
    counts[kind] = (counts[kind] ?? 0) + count;
  };
  for (const account of estate.accounts.values()) {
    add("aws.account", 1);
    add("aws.s3.account", 1);
    add("aws.s3.bucket", s3State(account).size);
    add("aws.cloudtrail.trail", cloudTrailState(account).size);
    const iam = iamState(account);
    const attachments = countAttachments(iam);
    add("aws.iam.user", iam.users.size);
    add("aws.iam.role", iam.roles.size);
    add("aws.iam.group", iam.groups.size);
    add("aws.iam.server-certificate", iam.serverCertificates.size);
    const policies = [...iam.policies.values()];
    add(
      "aws.iam.policy",
      policies.filter((one) => !isAwsManaged(one) || attachments.has(one.policy.Arn)).length,
    );
    for (const region of account.regions) {
      const ec2 = ec2State(account, region);
      const instances = [...ec2.instances.values()];
      add(
        "aws.ec2.instance",
        instances.filter(({ instance }) => instance.State.Name !== "terminated").length,
      );
      add("aws.ec2.security-group", ec2.groups.size);
      add("aws.ec2.prefix-list", ec2.prefixLists.size);
      add("aws.ec2.volume", ec2.volumes.size);
      add("aws.ec2.snapshot", ec2.snapshots.size);
      add("aws.ec2.vpc", ec2.vpcs.size);
      add("aws.ec2.network-acl", ec2.networkAcls.size);
      add("aws.rds.instance", rdsState(account, region).instances.size);
      add("aws.kms.key", kmsState(account, region).keys.size);
      add("aws.efs.file-system", efsState(account, region).size);
      for (const kind of regionKinds) add(kind, 1);
    }
  }
  return counts;
}
