import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const bucketMfaDelete = defineCheck({
  id: "aws.s3.bucket-mfa-delete",
  title: "S3 bucket asks for MFA before versions are deleted",
  severity: "low",
  resource: "aws.s3.bucket",
  permissions: ["s3:GetBucketVersioning"],
  risk: "With MFA delete, a stolen key can't destroy old versions or turn versioning off. It is the last line where objects must not be lost.",
  remediation: {
    text: "Turn on MFA delete with root's credentials, for buckets whose contents can't be replaced.",
    url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html",
    console: [
      "The console can't set MFA delete: use the command line with root's credentials.",
      "Versioning has to be on.",
    ],
    cli: 'aws s3api put-bucket-versioning --bucket {name} --versioning-configuration Status=Enabled,MFADelete=Enabled --mfa "arn:aws:iam::{account}:mfa/root-account-mfa-device CODE"',
    terraform: `resource "aws_s3_bucket_versioning" "this" {
  bucket = "{name}"
  mfa    = "arn:aws:iam::{account}:mfa/root-account-mfa-device CODE"
  versioning_configuration {
    status     = "Enabled"
    mfa_delete = "Enabled"
  }
}`,
  },
  evaluate: ({ mfaDelete }) =>
    mfaDelete === undefined
      ? unknown("MFA delete")
      : mfaDelete
        ? pass()
        : fail("MFA delete is off.", "/mfaDelete"),
});
