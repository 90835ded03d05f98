import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const fileSystemEncrypted = defineCheck({
  id: "aws.efs.file-system-encrypted",
  title: "EFS file system is encrypted at rest",
  severity: "medium",
  resource: "aws.efs.file-system",
  permissions: ["elasticfilesystem:DescribeFileSystems"],
  risk: "Nothing but access to the storage stands between an unencrypted file system and its reader, and no key can be withdrawn from whoever has that. Encryption is settled when a file system is made, so it pays to find out early.",
  remediation: {
    text: "Create an encrypted file system, copy the files over, for instance with AWS DataSync or by restoring a backup into it, and move the clients.",
    url: "https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html",
    console: [
      "Open Amazon EFS in region {region} and create a file system, Customize, with Enable encryption of data at rest.",
      "Copy the files of {id} with an AWS DataSync task.",
      "Mount the new file system in its place, and delete {id}.",
    ],
    cli: `aws efs create-file-system --region {region} --encrypted --creation-token {id}-encrypted --tags "Key=Name,Value={name}-encrypted"`,
    terraform: `resource "aws_efs_file_system" "this" {
  # …
  encrypted  = true
  kms_key_id = aws_kms_key.efs.arn
}`,
  },
  evaluate: ({ encrypted }) =>
    encrypted === undefined
      ? unknown("encryption at rest")
      : encrypted
        ? pass()
        : fail("The file system is not encrypted.", "/encrypted"),
});
