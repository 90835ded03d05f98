import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const bucketVersioning = defineCheck({
  id: "aws.s3.bucket-versioning",
  title: "S3 bucket keeps object versions",
  severity: "low",
  resource: "aws.s3.bucket",
  permissions: ["s3:GetBucketVersioning"],
  risk: "Without versions, an overwritten or deleted object is gone, by accident as much as by ransomware.",
  remediation: {
    text: "Turn on versioning, and add a lifecycle rule that expires old versions so that cost stays bounded.",
    url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
    console: [
      "Open the bucket in the S3 console.",
      "Properties, Bucket Versioning, Edit.",
      "Enable, then Save changes.",
    ],
    cli: "aws s3api put-bucket-versioning --bucket {name} --versioning-configuration Status=Enabled",
    terraform: `resource "aws_s3_bucket_versioning" "this" {
  bucket = "{name}"
  versioning_configuration { status = "Enabled" }
}`,
  },
  evaluate: (bucket) =>
    bucket.versioning === undefined
      ? unknown("versioning")
      : bucket.versioning === "enabled"
        ? pass()
        : fail(`Versioning is ${bucket.versioning}.`, "/versioning"),
});
