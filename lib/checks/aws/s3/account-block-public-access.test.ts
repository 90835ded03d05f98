import { testCheck } from "#lib/checks/test-check.ts";
import { accountBlockPublicAccess } from "./account-block-public-access.ts";

const on = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};

testCheck(accountBlockPublicAccess, {
  pass: [{ config: { publicAccessBlock: on } }],
  fail: [
    [{ config: { publicAccessBlock: null } }, "The account has no Block Public Access setting."],
    [{ config: { publicAccessBlock: { ...on, ignorePublicAcls: false } } }, "ignorePublicAcls is off."],
    [
      { config: { publicAccessBlock: { ...on, blockPublicPolicy: false, restrictPublicBuckets: false } } },
      "blockPublicPolicy, restrictPublicBuckets are off.",
    ],
  ],
  unknown: [{ config: {} }],
});
