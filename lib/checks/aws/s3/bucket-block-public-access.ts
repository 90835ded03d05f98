import { blockSwitches, effectiveBlock } from "#lib/checks/aws/public-access-block.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const bucketBlockPublicAccess = defineCheck({
  id: "aws.s3.bucket-block-public-access",
  title: "S3 bucket is covered by Block Public Access",
  severity: "medium",
  resource: "aws.s3.bucket",
  context: ["aws.s3.account"],
  permissions: ["s3:GetBucketPublicAccessBlock", "s3:GetAccountPublicAccessBlock"],
  risk: "The four switches keep a bucket private whatever policies and ACLs say. Without them, one wrong line makes its contents readable for everyone.",
  remediation: {
    text: "Turn on all four switches, on the bucket or for the whole account.",
    url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
    console: [
      "Open the bucket in the S3 console, Permissions.",
      "Block public access (bucket settings), Edit, Block all public access.",
      "Save changes and confirm.",
    ],
    cli: "aws s3api put-public-access-block --bucket {name} --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true",
    terraform: `resource "aws_s3_bucket_public_access_block" "this" {
  bucket                  = "{name}"
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}`,
  },
  evaluate: (bucket, { related }) => {
    const block = effectiveBlock(bucket.publicAccessBlock, related);
    const off = blockSwitches.filter((name) => block[name] === false);
    if (off.length) {
      const own = bucket.publicAccessBlock;
      const paths = own ? off.map((name) => `/publicAccessBlock/${name}`) : ["/publicAccessBlock"];
      return fail(
        off.length === blockSwitches.length
          ? "Neither bucket nor account blocks public access."
          : `${off.join(", ")} ${off.length === 1 ? "is" : "are"} off, for bucket and account.`,
        ...paths,
      );
    }
    return blockSwitches.every((name) => block[name])
      ? pass()
      : unknown("Block Public Access of bucket or account");
  },
});
