import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const trailKmsEncryption = defineCheck({
  id: "aws.cloudtrail.trail-kms-encryption",
  title: "Trail encrypts its log files with a customer key",
  severity: "low",
  resource: "aws.cloudtrail.trail",
  permissions: ["cloudtrail:DescribeTrails"],
  risk: "The logs tell an attacker who may do what and where the valuables are. With a key of your own, reading the bucket is not enough to read the logs.",
  remediation: {
    text: "Set a KMS key on the trail whose policy lets CloudTrail encrypt and those decrypt who read the logs.",
    url: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html",
    console: [
      "Open the trail in the CloudTrail console.",
      "General details, Edit.",
      "Log file SSE-KMS encryption: Enabled; choose a key, then Save changes.",
    ],
    cli: "aws cloudtrail update-trail --region {region} --name {name} --kms-key-id KEY_ARN",
    terraform: `resource "aws_cloudtrail" "this" {
  # …
  kms_key_id = aws_kms_key.cloudtrail.arn
}`,
  },
  evaluate: ({ kmsKeyId }) =>
    kmsKeyId === undefined
      ? unknown("encryption key")
      : kmsKeyId
        ? pass()
        : fail("The trail has no KMS key.", "/kmsKeyId"),
});
