import { testCheck } from "#lib/checks/test-check.ts";
import type { PublicAccessBlock } from "#lib/inventory/aws/s3.kinds.ts";
import { bucketBlockPublicAccess } from "./bucket-block-public-access.ts";

const on = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};
const acls = { ...on, blockPublicPolicy: false, restrictPublicBuckets: false };
const policies = { ...on, blockPublicAcls: false, ignorePublicAcls: false };
const example = (bucket?: PublicAccessBlock | null, account?: PublicAccessBlock | null) => ({
  config: { createdAt: null, publicAccessBlock: bucket },
  related: [{ kind: "aws.s3.account" as const, region: "global", config: { publicAccessBlock: account } }],
});

testCheck(bucketBlockPublicAccess, {
  pass: [
    example(on, null),
    example(null, on),
    example(acls, policies),
    example(on),
    example(undefined, on),
    { config: { createdAt: null, publicAccessBlock: on }, incomplete: ["aws.s3.account"] },
  ],
  fail: [
    [example(null, null), "Neither bucket nor account blocks public access."],
    [example({ ...on, ignorePublicAcls: false }, null), "ignorePublicAcls is off, for bucket and account."],
    [example(acls, acls), "blockPublicPolicy, restrictPublicBuckets are off, for bucket and account."],
    [example(null, policies), "blockPublicAcls, ignorePublicAcls are off, for bucket and account."],
  ],
  unknown: [
    example(undefined, null),
    example(null, undefined),
    example(undefined, policies),
    { config: { createdAt: null, publicAccessBlock: null }, incomplete: ["aws.s3.account"] },
  ],
});
