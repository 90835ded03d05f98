import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const instanceEncrypted = defineCheck({
  id: "aws.rds.instance-encrypted",
  title: "RDS instance is encrypted at rest",
  severity: "high",
  resource: "aws.rds.instance",
  permissions: ["rds:DescribeDBInstances"],
  risk: "An unencrypted database's storage, backups and snapshots can be read by whoever gets a copy of them. Encryption can't be added later without a new instance, so it pays to find out early.",
  remediation: {
    text: "Copy a snapshot of the instance with encryption, restore an instance from the copy, and move the clients over.",
    url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html",
    console: [
      "Take a snapshot of the instance.",
      "Copy the snapshot with Enable encryption checked.",
      "Restore an instance from the copy, move clients to its endpoint, and delete the old one.",
    ],
    cli: "aws rds copy-db-snapshot --region {region} --source-db-snapshot-identifier SNAPSHOT --target-db-snapshot-identifier SNAPSHOT-encrypted --kms-key-id alias/aws/rds",
    terraform: `resource "aws_db_instance" "this" {
  # …
  storage_encrypted = true
  kms_key_id        = aws_kms_key.rds.arn
}`,
  },
  evaluate: ({ storageEncrypted }) =>
    storageEncrypted === undefined
      ? unknown("storage encryption")
      : storageEncrypted
        ? pass()
        : fail("Storage is not encrypted.", "/storageEncrypted"),
});
