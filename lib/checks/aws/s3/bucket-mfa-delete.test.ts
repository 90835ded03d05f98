import { testCheck } from "#lib/checks/test-check.ts";
import { bucketMfaDelete } from "./bucket-mfa-delete.ts";

testCheck(bucketMfaDelete, {
  pass: [{ config: { createdAt: null, mfaDelete: true } }],
  fail: [[{ config: { createdAt: null, versioning: "enabled", mfaDelete: false } }, "MFA delete is off."]],
  unknown: [{ config: { createdAt: null, versioning: "enabled" } }],
});
