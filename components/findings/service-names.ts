const names: Readonly<Record<string, string>> = {
  accessanalyzer: "Access Analyzer",
  account: "Account",
  cloudtrail: "CloudTrail",
  config: "Config",
  ec2: "EC2",
  efs: "EFS",
  guardduty: "GuardDuty",
  iam: "IAM",
  kms: "KMS",
  rds: "RDS",
  s3: "S3",
  securityhub: "Security Hub",
  relations: "Across services",
};

/** A service as its provider writes it. */
export const serviceName = (id: string): string => names[id] ?? id;
