const names: Readonly<Record<string, string>> = {
  account: "Account",
  cloudtrail: "CloudTrail",
  config: "Config",
  ec2: "EC2",
  guardduty: "GuardDuty",
  iam: "IAM",
  kms: "KMS",
  rds: "RDS",
  s3: "S3",
  relations: "Across services",
};

/** A service as its provider writes it. */
export const serviceName = (id: string): string => names[id] ?? id;
