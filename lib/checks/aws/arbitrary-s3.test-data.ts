import fc from "fast-check";
import {
  type Arbitraries,
  boolean,
  constantFrom,
  date,
  list,
  nullable,
} from "#lib/checks/arbitrary-basics.test-data.ts";

const block = fc.record({
  blockPublicAcls: boolean(),
  ignorePublicAcls: boolean(),
  blockPublicPolicy: boolean(),
  restrictPublicBuckets: boolean(),
});
const blocks = constantFrom(...[true, false].map(allSwitches));
function allSwitches(on: boolean) {
  return { blockPublicAcls: on, ignorePublicAcls: on, blockPublicPolicy: on, restrictPublicBuckets: on };
}
const publicAccessBlock = nullable(fc.oneof(block, blocks));

const uid = "arn:aws:test:eu-west-1:111122223333:aws.s3.bucket/0";
const open = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `${uid}/*` };
const tlsOnly = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [uid, `${uid}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
/** Policies with what Amazon would say of them, so that the two never contradict each other. */
const bucketPolicy = constantFrom(
  { policy: null, policyIsPublic: null },
  { policy: { Statement: [tlsOnly] }, policyIsPublic: false },
  { policy: { Statement: [tlsOnly, open] }, policyIsPublic: true },
  { policy: { Statement: open }, policyIsPublic: true },
  {
    policy: { Statement: [{ ...open, Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } }] },
    policyIsPublic: false,
  },
  { policy: { Statement: [{ ...open, Principal: { AWS: "111122223333" } }] }, policyIsPublic: false },
);

export const s3Configs: Arbitraries<"aws.s3.bucket" | "aws.s3.account"> = {
  "aws.s3.bucket": {
    whole: fc
      .record({
        createdAt: nullable(date),
        publicAccessBlock,
        grants: list(
          fc.record({
            grantee: constantFrom(
              "http://acs.amazonaws.com/groups/global/AllUsers",
              "http://acs.amazonaws.com/groups/s3/LogDelivery",
              "0123abcd",
            ),
            permission: constantFrom("READ", "FULL_CONTROL"),
          }),
        ),
        versioning: constantFrom("enabled" as const, "suspended" as const, "off" as const),
        mfaDelete: boolean(),
        byPolicy: bucketPolicy,
      })
      .map(({ byPolicy, ...rest }) => ({ ...rest, ...byPolicy })),
    optional: ["publicAccessBlock", "policy", "policyIsPublic", "grants", "versioning", "mfaDelete"],
  },
  "aws.s3.account": { whole: fc.record({ publicAccessBlock }), optional: ["publicAccessBlock"] },
};
