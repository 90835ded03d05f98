import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const ebsDefaultEncryption = defineCheck({
  id: "aws.ec2.ebs-default-encryption",
  title: "New EBS volumes are encrypted by default",
  severity: "medium",
  resource: "aws.ec2.region",
  permissions: ["ec2:GetEbsEncryptionByDefault"],
  risk: "While the default is off, each new volume and snapshot is stored in clear unless someone remembers to ask for encryption. The default covers also what services create on their own.",
  remediation: {
    text: "Turn on encryption by default in every region, also in those not in use. Existing volumes stay as they are.",
    url: "https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html",
    console: [
      "Open the EC2 console in region {region}.",
      "Account attributes, Data protection and security, EBS encryption, Manage.",
      "Check Enable, choose a key, then Update EBS encryption.",
    ],
    cli: "aws ec2 enable-ebs-encryption-by-default --region {region}",
    terraform: `resource "aws_ebs_encryption_by_default" "this" {
  enabled = true
}`,
  },
  evaluate: ({ ebsEncryptionByDefault }) =>
    ebsEncryptionByDefault === undefined
      ? unknown("EBS encryption default")
      : ebsEncryptionByDefault
        ? pass()
        : fail("EBS encryption by default is off in this region.", "/ebsEncryptionByDefault"),
});
