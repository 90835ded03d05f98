import { neglectedAccount } from "./estate/index.ts";
import type { Fix } from "./remediation.ts";

const bucket = `guarded-${neglectedAccount}`;
const trail = (operation: string, check: string, given: Fix["with"] = {}): Fix => ({
  ...{ resource: "local-trail", kind: "aws.cloudtrail.trail", with: given },
  ...{ operation: `aws.cloudtrail.${operation}`, checks: [`aws.cloudtrail.${check}`] },
});
const accountChecks = ["all-regions", "s3-read-events", "s3-write-events"].map(
  (name) => `aws.cloudtrail.${name}`,
);
const settings = (service: "config" | "guardduty", region: string) =>
  ({ resource: `neglected ${service} ${region}`, kind: `aws.${service}.region`, region }) as const;

/**
 * Fixes of what watches over the account, and of its users. moto's access keys are all new, so none is old enough to be
 * rotated.
 */
export const watchingFixes: Fix[] = [
  trail("cover-all-regions", "trail-multi-region"),
  trail("validate-log-files", "trail-log-validation"),
  trail("encrypt-trail", "trail-kms-encryption", {
    keyArn: `arn:aws:kms:eu-west-1:${neglectedAccount}:key/0d1e2f3a-4b5c-4d6e-8f70-8192a3b4c5d6`,
  }),
  {
    ...{ resource: "neglected account", kind: "aws.account", region: "global" },
    ...{ operation: "aws.cloudtrail.record-account", checks: accountChecks },
    with: { checks: accountChecks, bucket, region: "us-east-1" },
  },
  // For moto, flow logs of one VPC to one bucket are the same, whatever they record.
  ...[
    ["half-watched-vpc", `half-guarded-${neglectedAccount}`],
    ["unwatched-vpc", bucket],
  ].map(
    ([resource = "", to = ""]): Fix => ({
      ...{ resource, kind: "aws.ec2.vpc", operation: "aws.ec2.enable-flow-logs", with: { bucket: to } },
      // moto takes no notice of client tokens, so a call that was cut off would be made twice there.
      ...{ checks: ["aws.ec2.vpc-flow-logs"], crashes: false },
    }),
  ),
  ...["eu-central-1", "us-east-1"].map(
    (region): Fix => ({
      ...{ ...settings("config", region), operation: "aws.config.record-everything", with: { bucket } },
      checks: ["aws.config.recorder"],
    }),
  ),
  ...["eu-central-1", "us-east-1"].map(
    (region): Fix => ({
      ...{ ...settings("guardduty", region), operation: "aws.guardduty.enable" },
      checks: ["aws.guardduty.detector"],
    }),
  ),
  {
    ...{ resource: "user-by-password", kind: "aws.iam.user", region: "global" },
    operation: "aws.iam.require-mfa",
  },
];
