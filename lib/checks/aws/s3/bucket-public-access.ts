import { effectiveBlock } from "#lib/checks/aws/public-access-block.ts";
import { isPolicyPublic } from "#lib/checks/aws/public-policy.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const bucketPublicAccess = defineCheck({
  id: "aws.s3.bucket-public-access",
  title: "S3 bucket is closed to the public",
  severity: "critical",
  resource: "aws.s3.bucket",
  context: ["aws.s3.account"],
  permissions: [
    "s3:GetBucketPolicy",
    "s3:GetBucketPolicyStatus",
    "s3:GetBucketAcl",
    "s3:GetBucketPublicAccessBlock",
    "s3:GetAccountPublicAccessBlock",
  ],
  risk: "Anyone who knows or guesses the name can read what is in a public bucket, or fill it. Lists of open buckets are traded, and finding them takes minutes.",
  remediation: {
    text: "Turn on Block Public Access, then take the public grant out of the policy or the ACL; serve public content through CloudFront.",
    url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
    console: [
      "Open the bucket in the S3 console, Permissions.",
      "Block public access (bucket settings), Edit, Block all public access, Save changes.",
      "Remove the public statement from the bucket policy and public grants from the ACL.",
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
    // What a switch overrides is harmless; what can't be read is neither harmless nor public.
    const byAcl = block.ignorePublicAcls ? [] : bucket.grants?.flatMap(readPublicGrant);
    const byPolicy = block.restrictPublicBuckets ? false : isPolicyPublic(bucket);
    const reasons: string[] = [];
    const paths: string[] = [];
    if (byAcl?.length && block.ignorePublicAcls === false) {
      reasons.push(`The ACL grants ${byAcl.map(({ what }) => what).join(" and ")}.`);
      paths.push(...byAcl.map(({ index }) => `/grants/${index}`));
    }
    if (byPolicy && block.restrictPublicBuckets === false) {
      reasons.push("The bucket policy grants access to everyone.");
      paths.push(bucket.policyIsPublic ? "/policyIsPublic" : "/policy");
    }
    if (reasons.length) return fail(reasons.join(" "), ...paths);
    if (byAcl === undefined) return unknown("bucket ACL");
    if (byPolicy === undefined) return unknown("bucket policy");
    return byAcl.length || byPolicy ? unknown("Block Public Access of bucket or account") : pass();
  },
});

const publicGroups: Record<string, string> = {
  "http://acs.amazonaws.com/groups/global/AllUsers": "everyone",
  "http://acs.amazonaws.com/groups/global/AuthenticatedUsers": "every AWS account",
};

function readPublicGrant(grant: { grantee: string; permission: string }, index: number) {
  const group = publicGroups[grant.grantee];
  return group ? [{ index, what: `${grant.permission} to ${group}` }] : [];
}
