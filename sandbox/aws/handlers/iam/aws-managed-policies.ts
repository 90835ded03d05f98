import type { PolicyState } from "./state.ts";

const allow = (Action: string | string[], more: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource: "*",
  ...more,
});

/** Policies that AWS keeps in every account: by path and name, what they allow, shortened to what tells them apart. */
const documents: Record<string, object[]> = {
  AdministratorAccess: [allow("*")],
  PowerUserAccess: [
    { Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" },
    allow(["iam:CreateServiceLinkedRole", "iam:ListRoles", "organizations:DescribeOrganization"]),
  ],
  IAMFullAccess: [allow(["iam:*", "organizations:DescribeAccount", "organizations:ListRoots"])],
  SecurityAudit: [
    allow(["ec2:Describe*", "iam:Get*", "iam:List*", "s3:GetBucket*", "cloudtrail:Get*", "kms:List*"]),
  ],
  ReadOnlyAccess: [allow(["ec2:Describe*", "iam:Get*", "iam:List*", "s3:Get*", "s3:List*", "rds:Describe*"])],
  AWSSupportAccess: [allow(["support:*"])],
  AWSCloudShellFullAccess: [allow(["cloudshell:*"])],
  AmazonS3FullAccess: [allow(["s3:*", "s3-object-lambda:*"])],
  AmazonS3ReadOnlyAccess: [allow(["s3:Get*", "s3:List*", "s3:Describe*"])],
  AmazonEC2FullAccess: [allow(["ec2:*", "elasticloadbalancing:*", "cloudwatch:*", "autoscaling:*"])],
  AmazonRDSReadOnlyAccess: [allow(["rds:Describe*", "rds:ListTagsForResource"])],
  AmazonSSMManagedInstanceCore: [allow(["ssm:UpdateInstanceInformation", "ssmmessages:*", "ec2messages:*"])],
  CloudWatchAgentServerPolicy: [allow(["cloudwatch:PutMetricData", "logs:PutLogEvents", "ec2:DescribeTags"])],
  "job-function/ViewOnlyAccess": [allow(["ec2:Describe*", "s3:ListAllMyBuckets", "iam:List*"])],
  "job-function/Billing": [allow(["aws-portal:*Billing", "cur:*", "ce:*"])],
  "service-role/AWSLambdaBasicExecutionRole": [allow(["logs:CreateLogGroup", "logs:PutLogEvents"])],
  "service-role/AWS_ConfigRole": [allow(["config:Put*", "ec2:Describe*", "s3:GetBucket*"])],
};

const publishedAt = new Date("2015-02-06T18:39:46Z");

export function awsManagedArn(name: string): string {
  return `arn:aws:iam::aws:policy/${name}`;
}

/** Fresh copies, one set for each account. */
export function awsManagedPolicies(): PolicyState[] {
  return Object.entries(documents).map(([name, Statement], index) => {
    const slash = name.lastIndexOf("/");
    return {
      policy: {
        PolicyName: name.slice(slash + 1),
        PolicyId: `ANPAI${String(index).padStart(16, "0")}`,
        Arn: awsManagedArn(name),
        Path: `/${name.slice(0, slash + 1)}`,
        DefaultVersionId: "v1",
        IsAttachable: true,
        CreateDate: publishedAt,
        UpdateDate: publishedAt,
      },
      versions: [
        {
          VersionId: "v1",
          IsDefaultVersion: true,
          CreateDate: publishedAt,
          Document: JSON.stringify({ Version: "2012-10-17", Statement }),
        },
      ],
    };
  });
}
