import { switchesOff } from "#lib/checks/aws/public-access-block.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const accountBlockPublicAccess = defineCheck({
  id: "aws.s3.account-block-public-access",
  title: "Account blocks public access to S3",
  severity: "high",
  resource: "aws.s3.account",
  permissions: ["s3:GetAccountPublicAccessBlock"],
  risk: "With the account's switches on, no bucket can become public by a wrong policy or ACL, now or later. Without them, one mistake on one bucket is enough.",
  remediation: {
    text: "Turn on all four switches for the account, after moving what has to be public behind CloudFront.",
    url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/configuring-block-public-access-account.html",
    console: [
      "Open Block Public Access settings for this account in the S3 console.",
      "Edit, check Block all public access.",
      "Save changes and confirm.",
    ],
    cli: "aws s3control put-public-access-block --account-id {account} --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true",
    terraform: `resource "aws_s3_account_public_access_block" "this" {
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}`,
  },
  evaluate: ({ publicAccessBlock }) => {
    if (publicAccessBlock === undefined) return unknown("the account's Block Public Access");
    if (publicAccessBlock === null)
      return fail("The account has no Block Public Access setting.", "/publicAccessBlock");
    const off = switchesOff(publicAccessBlock);
    return off.length
      ? fail(
          `${off.join(", ")} ${off.length === 1 ? "is" : "are"} off.`,
          ...off.map((name) => `/publicAccessBlock/${name}`),
        )
      : pass();
  },
});
