import { testCheck } from "#lib/checks/test-check.ts";
import { bucketTlsOnly } from "./bucket-tls-only.ts";

const uid = "arn:aws:s3:::example";
const deny = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [uid, `${uid}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const example = (...Statement: unknown[]) => ({
  uid,
  config: { createdAt: null, policy: { Version: "2012-10-17", Statement } },
});
const vary = (change: object) => example({ ...deny, ...change });
const not = "The bucket policy doesn't refuse plain HTTP to everyone for every action.";

testCheck(bucketTlsOnly, {
  pass: [
    example(deny),
    { uid, config: { createdAt: null, policy: { Statement: deny } } },
    vary({ Principal: { AWS: "*" }, Action: ["S3:*"] }),
    vary({ Principal: { AWS: ["*"] }, Action: "*" }),
    vary({ Resource: "*" }),
    vary({ Resource: `${uid}*` }),
    vary({ Resource: "arn:aws:s3:::*" }),
    vary({ Condition: { BoolIfExists: { "AWS:SECURETRANSPORT": ["false"] } } }),
    vary({ Condition: { Bool: { "aws:SecureTransport": false } } }),
    vary({ Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } }),
    vary({ Condition: { NumericLessThan: { "s3:TlsVersion": 1.3 } } }),
    example({ ...deny, Resource: uid }, { ...deny, Resource: `${uid}/*` }),
    example({ ...deny, Effect: "Allow", Condition: undefined }, deny),
  ],
  fail: [
    [
      { uid, config: { createdAt: null, policy: null } },
      "There is no bucket policy, so plain HTTP is answered.",
    ],
    [example(), not],
    [vary({ Effect: "Allow" }), not],
    [vary({ Effect: "Allow", Condition: { Bool: { "aws:SecureTransport": "true" } } }), not],
    [vary({ Condition: { Bool: { "aws:SecureTransport": "true" } } }), not],
    [vary({ Condition: { Null: { "aws:SecureTransport": "false" } } }), not],
    [vary({ Condition: undefined }), not],
    [vary({ Principal: { AWS: "arn:aws:iam::444455556666:root" } }), not],
    [vary({ Principal: { Service: "*" } }), not],
    [vary({ Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::444455556666:root" } }), not],
    [vary({ Action: "s3:GetObject" }), not],
    [vary({ Action: undefined, NotAction: "s3:PutObject" }), not],
    [vary({ Resource: "arn:aws:s3:::other/*" }), not],
    [vary({ Resource: undefined, NotResource: "arn:aws:s3:::other/*" }), not],
    [vary({ Resource: uid }), "The policy refuses plain HTTP for the bucket, not for its objects."],
    [vary({ Resource: `${uid}/*` }), "The policy refuses plain HTTP for objects, not for the bucket itself."],
    [
      vary({ Resource: [uid, `${uid}/public/*`] }),
      "The policy refuses plain HTTP for the bucket, not for its objects.",
    ],
    // Conditions add up: this one refuses plain HTTP to nobody but strangers.
    [vary({ Condition: { ...deny.Condition, StringNotEquals: { "aws:PrincipalOrgID": "o-1" } } }), not],
    // A plain HTTP request has no TLS version, so both together never hold.
    [vary({ Condition: { ...deny.Condition, NumericLessThan: { "s3:TlsVersion": "1.2" } } }), not],
    [vary({ Condition: { NumericLessThan: { "s3:TlsVersion": "1.1" } } }), not],
    [vary({ Condition: { NumericGreaterThan: { "s3:TlsVersion": "1.2" } } }), not],
  ],
  unknown: [
    { uid, config: { createdAt: null } },
    { uid, config: { createdAt: null, policy: "{" } },
    { uid, config: { createdAt: null, policy: { Statement: [{ Effect: "Perhaps" }] } } },
  ],
});
