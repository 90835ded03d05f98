import { testCheck } from "#lib/checks/test-check.ts";
import type { PublicAccessBlock } from "#lib/inventory/aws/s3.kinds.ts";
import type { ResourceConfigs } from "#lib/inventory/kinds.ts";
import { bucketPublicAccess } from "./bucket-public-access.ts";

const on = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};
/** Stops new public grants, and leaves those that are there in force. */
const newOnly = { ...on, ignorePublicAcls: false, restrictPublicBuckets: false };
const everyone = { grantee: "http://acs.amazonaws.com/groups/global/AllUsers", permission: "READ" };
const anyAccount = {
  grantee: "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
  permission: "WRITE",
};
const logDelivery = { grantee: "http://acs.amazonaws.com/groups/s3/LogDelivery", permission: "WRITE" };
const statement = {
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::example/*",
};
const policyOf = (...Statement: object[]) => ({ Version: "2012-10-17", Statement });

const example = (change: Partial<ResourceConfigs["aws.s3.bucket"]>, account?: PublicAccessBlock | null) => ({
  config: {
    createdAt: null,
    publicAccessBlock: null,
    policy: null,
    policyIsPublic: null,
    grants: [],
    ...change,
  },
  related: [{ kind: "aws.s3.account" as const, region: "global", config: { publicAccessBlock: account } }],
});
const publicPolicy = { policy: policyOf(statement), policyIsPublic: true };
const unreadStatus = (policy: unknown) => ({ policy, policyIsPublic: undefined });

testCheck(bucketPublicAccess, {
  pass: [
    example({}, null),
    example({ policy: policyOf(statement), policyIsPublic: false, grants: [logDelivery] }, null),
    example({ ...publicPolicy, grants: [everyone], publicAccessBlock: on }, null),
    example({ ...publicPolicy, grants: [everyone] }, on),
    // Everything blocked: nothing else has to be readable.
    example({ policy: undefined, policyIsPublic: undefined, grants: undefined, publicAccessBlock: on }),
    // Not public by policy or ACL: the switches don't have to be readable.
    example({ publicAccessBlock: undefined }),
    example(unreadStatus(policyOf({ ...statement, Principal: { AWS: "444455556666" } })), null),
    example({ policyIsPublic: undefined }, null),
  ],
  fail: [
    [example(publicPolicy, null), "The bucket policy grants access to everyone."],
    [
      example({ ...publicPolicy, publicAccessBlock: newOnly }, newOnly),
      "The bucket policy grants access to everyone.",
    ],
    [example({ grants: [everyone] }, null), "The ACL grants READ to everyone."],
    [
      example({ grants: [logDelivery, everyone, anyAccount] }, null),
      "The ACL grants READ to everyone and WRITE to every AWS account.",
    ],
    [
      example({ ...publicPolicy, grants: [everyone] }, null),
      "The ACL grants READ to everyone. The bucket policy grants access to everyone.",
    ],
    [
      example({ ...publicPolicy, grants: [everyone] }, { ...newOnly, ignorePublicAcls: true }),
      "The bucket policy grants access to everyone.",
    ],
    // What was read proves it, whatever the rest is.
    [
      example({ policy: undefined, policyIsPublic: undefined, grants: [everyone] }, null),
      "The ACL grants READ to everyone.",
    ],
    [example({ ...publicPolicy, grants: undefined }, null), "The bucket policy grants access to everyone."],
    [example(unreadStatus(policyOf(statement)), null), "The bucket policy grants access to everyone."],
    [
      example(unreadStatus(policyOf({ ...statement, Principal: { AWS: ["*"] } })), null),
      "The bucket policy grants access to everyone.",
    ],
  ],
  unknown: [
    example({ grants: undefined }, null),
    example({ policy: undefined, policyIsPublic: undefined }, null),
    example({ grants: [everyone], publicAccessBlock: undefined }, null),
    example({ grants: [everyone] }, undefined),
    example({ ...publicPolicy }, undefined),
    example(
      unreadStatus(policyOf({ ...statement, Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } })),
      null,
    ),
    example(unreadStatus(policyOf({ ...statement, Principal: undefined, NotPrincipal: { AWS: "1" } })), null),
    example(unreadStatus(policyOf(statement, { ...statement, Effect: "Deny" })), null),
    example(unreadStatus("not a policy"), null),
    { config: { createdAt: null } },
  ],
});
