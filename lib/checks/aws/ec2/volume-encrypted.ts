import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const volumeEncrypted = defineCheck({
  id: "aws.ec2.volume-encrypted",
  title: "EBS volume is encrypted",
  severity: "medium",
  resource: "aws.ec2.volume",
  permissions: ["ec2:DescribeVolumes"],
  risk: "Data on an unencrypted volume can be read by whoever gets hold of a snapshot of it. Encryption adds the key's policy as a second lock.",
  remediation: {
    text: "A volume can't be encrypted in place: copy a snapshot of it with encryption, make a volume from the copy, and swap the two.",
    url: "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html",
    console: [
      "Make a snapshot of the volume.",
      "Copy the snapshot with Encrypt this snapshot checked.",
      "Create a volume from the copy, stop the instance, and attach the new volume in the old one's place.",
    ],
    cli: "aws ec2 copy-snapshot --region {region} --source-region {region} --source-snapshot-id SNAPSHOT_ID --encrypted",
    terraform: `resource "aws_ebs_volume" "this" {
  # …
  encrypted  = true
  kms_key_id = aws_kms_key.ebs.arn
}`,
  },
  evaluate: ({ encrypted }) =>
    encrypted === undefined
      ? unknown("encryption")
      : encrypted
        ? pass()
        : fail("The volume is not encrypted.", "/encrypted"),
});
