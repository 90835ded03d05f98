import { actionMatches, globMatches } from "#lib/checks/aws/glob.ts";
import {
  type Condition,
  namesEveryone,
  type Statement,
  statementsOf,
} from "#lib/checks/aws/policy-document.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const bucketTlsOnly = defineCheck({
  id: "aws.s3.bucket-tls-only",
  title: "S3 bucket refuses requests without TLS",
  severity: "medium",
  resource: "aws.s3.bucket",
  permissions: ["s3:GetBucketPolicy"],
  risk: "S3 answers plain HTTP as well. A client set up without TLS then sends data and signed requests readable for everyone on the way.",
  remediation: {
    text: "Add a statement to the bucket policy that denies everyone every action while aws:SecureTransport is false, for the bucket and its objects.",
    url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
    console: [
      "Open the bucket in the S3 console, Permissions, Bucket policy, Edit.",
      "Add a Deny for Principal *, Action s3:*, both the bucket's ARN and ARN/*, with the condition Bool aws:SecureTransport false.",
      "Save changes.",
    ],
    cli: 'aws s3api put-bucket-policy --bucket {name} --policy \'{"Version":"2012-10-17","Statement":[{"Sid":"TlsOnly","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::{name}","arn:aws:s3:::{name}/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}\'  # replaces the policy: add its other statements',
    terraform: `data "aws_iam_policy_document" "tls_only" {
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::{name}", "arn:aws:s3:::{name}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}`,
  },
  evaluate: ({ policy }, { resource }) => {
    if (policy === undefined) return unknown("bucket policy");
    if (policy === null) return fail("There is no bucket policy, so plain HTTP is answered.", "/policy");
    const statements = statementsOf(policy);
    if (!statements) return unknown("bucket policy");
    const denials = statements.filter(deniesPlainHttp);
    const covers = (arn: string) =>
      denials.some(({ resources }) => resources?.some((pattern) => globMatches(pattern, arn)));
    const bucket = covers(resource.uid);
    const objects = covers(`${resource.uid}/*`);
    if (bucket && objects) return pass();
    if (bucket) return fail("The policy refuses plain HTTP for the bucket, not for its objects.", "/policy");
    if (objects)
      return fail("The policy refuses plain HTTP for objects, not for the bucket itself.", "/policy");
    return fail("The bucket policy doesn't refuse plain HTTP to everyone for every action.", "/policy");
  },
});

/** Denies everyone all of S3, on no other condition than the missing TLS. */
function deniesPlainHttp(statement: Statement): boolean {
  const { effect, actions, conditions } = statement;
  return (
    effect === "Deny" &&
    namesEveryone(statement) &&
    (actions?.some((pattern) => actionMatches(pattern, "s3:*")) ?? false) &&
    conditions.length > 0 &&
    (conditions.every(isWithoutTls) || conditions.every(isOldTls))
  );
}

function isWithoutTls({ operator, key, values, set }: Condition): boolean {
  const compares = ["bool", "stringequals", "stringequalsignorecase", "stringlike"].includes(operator);
  return (
    !set &&
    compares &&
    key === "aws:securetransport" &&
    values.some((value) => value.toLowerCase() === "false")
  );
}

/** A lowest TLS version is the benchmark's other way of saying it. */
function isOldTls({ operator, key, values, set }: Condition): boolean {
  const least = operator === "numericlessthan" ? 1.2 : operator === "numericlessthanequals" ? 1.1 : null;
  return !set && least !== null && key === "s3:tlsversion" && values.some((value) => Number(value) >= least);
}
