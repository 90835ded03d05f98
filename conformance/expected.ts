import type { VerdictStatus } from "#lib/checks/model.ts";

type Expected = Partial<Record<VerdictStatus, string[]>>;

/**
 * What every check has to say of the estate's things, by the names that `estate/` gives them. Each line follows from
 * what was made there, not from what the scanner said.
 */
export const expected: Record<string, Expected> = {
  "aws.cloudtrail.all-regions": { pass: ["hardened account"], fail: ["neglected account"] },
  "aws.cloudtrail.s3-read-events": { pass: ["hardened account"], fail: ["neglected account"] },
  "aws.cloudtrail.s3-write-events": { pass: ["hardened account"], fail: ["neglected account"] },
  "aws.cloudtrail.trail-kms-encryption": { pass: ["good-trail"], fail: ["local-trail"] },
  "aws.cloudtrail.trail-log-validation": { pass: ["good-trail"], fail: ["local-trail"] },
  "aws.cloudtrail.trail-multi-region": { pass: ["good-trail"], fail: ["local-trail"] },

  "aws.config.recorder": {
    pass: ["neglected config eu-west-1"],
    fail: ["neglected config eu-central-1", "neglected config us-east-1", "hardened config eu-west-1"],
  },
  // moto has no Access Analyzer.
  "aws.accessanalyzer.external-access": {
    unknown: ["neglected access-analyzer eu-west-1", "hardened access-analyzer us-east-1"],
  },
  "aws.securityhub.hub": {
    pass: ["neglected securityhub eu-west-1"],
    fail: ["neglected securityhub eu-central-1", "hardened securityhub eu-west-1"],
  },
  "aws.guardduty.detector": {
    pass: ["neglected guardduty eu-west-1"],
    fail: ["neglected guardduty eu-central-1", "neglected guardduty us-east-1"],
  },

  "aws.ec2.default-security-group": {
    pass: ["default-group-closed", "web"],
    fail: ["default-group-as-made"],
  },
  "aws.ec2.ebs-default-encryption": {
    pass: ["neglected ec2 us-east-1"],
    fail: ["neglected ec2 eu-west-1", "hardened ec2 us-east-1"],
  },
  "aws.ec2.instance-imdsv2": {
    pass: ["private-instance", "instance-without-metadata"],
    fail: ["public-instance", "instance-as-made"],
  },
  "aws.ec2.instance-public-ip": {
    pass: ["private-instance", "instance-without-metadata"],
    fail: ["public-instance"],
  },
  "aws.ec2.instance-role": {
    pass: ["private-instance"],
    fail: ["public-instance", "instance-as-made", "instance-without-metadata"],
  },
  "aws.ec2.network-acl-admin-ports": {
    pass: ["acl-web", "acl-ssh-denied-first"],
    fail: ["acl-ssh", "acl-as-made"],
  },
  "aws.ec2.security-group-all-ports": {
    pass: ["web", "ssh-from-anywhere", "ssh-in-a-range", "default-group-closed"],
    fail: ["every-tcp-port", "every-protocol"],
  },
  "aws.ec2.security-group-cifs": {
    pass: ["web", "ssh-from-anywhere", "rdp-from-anywhere"],
    fail: ["cifs-from-anywhere", "every-tcp-port", "every-protocol"],
  },
  "aws.ec2.security-group-rdp": {
    pass: ["web", "ssh-from-anywhere", "cifs-from-anywhere"],
    fail: ["rdp-from-anywhere", "every-tcp-port", "every-protocol"],
  },
  "aws.ec2.security-group-ssh": {
    pass: ["web", "ssh-from-the-office", "rdp-from-anywhere", "default-group-closed"],
    fail: [
      "ssh-from-anywhere",
      "ssh-from-ipv6",
      "ssh-in-a-range",
      "ssh-from-two-halves",
      "ssh-from-a-list",
      "every-tcp-port",
      "every-protocol",
    ],
  },
  "aws.ec2.snapshot-public": { pass: ["private-snapshot"], fail: ["public-snapshot"] },
  "aws.ec2.volume-encrypted": { pass: ["encrypted-volume"], fail: ["plain-volume"] },
  "aws.ec2.vpc-flow-logs": { pass: ["watched-vpc"], fail: ["half-watched-vpc", "unwatched-vpc"] },

  "aws.efs.file-system-encrypted": {
    pass: ["encrypted-files", "files-under-own-key"],
    fail: ["plain-files", "files-as-made"],
  },

  "aws.iam.access-key-age": { pass: ["user-with-key", "user-by-password", "user-in-group"] },
  "aws.iam.group-inline-admin": { pass: ["readers"], fail: ["admins"] },
  "aws.iam.password-policy-length": { pass: ["hardened account"], fail: ["neglected account"] },
  "aws.iam.password-policy-reuse": { pass: ["hardened account"], fail: ["neglected account"] },
  "aws.iam.policy-no-admin": {
    pass: ["policy-unattached", "policy-little", "ReadOnlyAccess"],
    fail: ["policy-everything", "AdministratorAccess"],
  },
  "aws.iam.role-inline-admin": { pass: ["role-with-little"], fail: ["role-as-admin"] },
  "aws.iam.root-access-keys": { pass: ["neglected account", "hardened account"] },
  "aws.iam.root-mfa": { fail: ["neglected account", "hardened account"] },
  "aws.iam.server-certificate-expired": { fail: ["certificate"] },
  "aws.iam.support-role": { pass: ["hardened account"], fail: ["neglected account"] },
  "aws.iam.unused-credentials": { pass: ["user-with-key", "user-by-password", "user-in-group"] },
  "aws.iam.user-inline-admin": { pass: ["user-in-group", "user-with-key"], fail: ["user-as-admin"] },
  "aws.iam.user-mfa": { pass: ["user-with-mfa", "user-with-key"], fail: ["user-by-password"] },
  "aws.iam.user-permissions-through-groups": {
    pass: ["user-in-group", "user-with-mfa"],
    fail: ["user-as-admin", "user-by-password", "user-with-key"],
  },

  "aws.kms.key-rotation": {
    pass: ["key-rotated", "key-asymmetric"],
    fail: ["key-not-rotated", "key-on-request"],
  },

  "aws.rds.instance-encrypted": { pass: ["good-database"], fail: ["bad-database", "database-as-made"] },
  "aws.rds.instance-minor-upgrades": {
    pass: ["good-database", "database-as-made"],
    fail: ["bad-database"],
  },
  "aws.rds.instance-multi-az": { pass: ["good-database"], fail: ["bad-database", "database-as-made"] },
  "aws.rds.instance-public": {
    pass: ["good-database"],
    fail: ["bad-database"],
    unknown: ["database-as-made"],
  },

  "aws.s3.account-block-public-access": { pass: ["hardened S3 settings"], fail: ["neglected S3 settings"] },
  "aws.s3.bucket-block-public-access": {
    pass: ["guarded", "public-overridden", "shared"],
    fail: ["public-by-policy", "public-by-acl", "half-guarded", "in-virginia"],
  },
  "aws.s3.bucket-mfa-delete": { fail: ["guarded", "in-virginia"] },
  "aws.s3.bucket-public-access": {
    pass: ["guarded", "half-guarded", "in-virginia", "public-overridden", "shared"],
    fail: ["public-by-policy", "public-by-acl"],
  },
  "aws.s3.bucket-tls-only": {
    pass: ["guarded"],
    fail: ["half-guarded", "public-by-policy", "in-virginia"],
  },
  "aws.s3.bucket-versioning": { pass: ["guarded"], fail: ["half-guarded", "in-virginia"] },
};

/** The estate is as old as the run, so what comes with age is looked at a hundred days on. */
export const expectedLater: Record<string, Expected> = {
  "aws.iam.access-key-age": { pass: ["user-by-password", "user-in-group"], fail: ["user-with-key"] },
  "aws.iam.unused-credentials": {
    pass: ["user-in-group", "user-as-admin"],
    fail: ["user-with-key", "user-by-password", "user-with-mfa"],
  },
};

/** What moto can't be made to say, and so is missing above. Each check named here lacks a pass or a fail for it. */
export const inexpressible: Record<string, string> = {
  "aws.accessanalyzer.external-access": "moto has no Access Analyzer, so each region is a gap and unknown.",
  "aws.iam.root-access-keys": "moto's root never has access keys.",
  "aws.iam.root-mfa": "moto's root never has an MFA device.",
  "aws.iam.server-certificate-expired": "moto has every certificate expire in 2012.",
  "aws.s3.bucket-mfa-delete": "moto takes MFA delete and forgets it.",
};

/** The only gaps that a scan of moto may have, and what moto lacks. */
export const expectedGaps: { operation: string; code: string; because: string }[] = [
  {
    operation: "access-analyzer:ListAnalyzers",
    code: "unavailable",
    because: "moto does not have the service.",
  },
  {
    operation: "ec2:GetEbsDefaultKmsKeyId",
    code: "unavailable",
    because: "moto does not have the operation; no check judges by it.",
  },
  {
    operation: "iam:GetCredentialReport",
    code: "malformed",
    because:
      "moto's credential report has no row for root; what is asked of root is in the account's summary.",
  },
  {
    operation: "rds:DescribeDBInstances",
    code: "malformed",
    because: "moto doesn't say whether a database is public unless it was told, where AWS always does.",
  },
];
