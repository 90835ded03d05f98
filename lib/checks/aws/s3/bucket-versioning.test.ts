import { testCheck } from "#lib/checks/test-check.ts";
import { bucketVersioning } from "./bucket-versioning.ts";

testCheck(bucketVersioning, {
  pass: [{ config: { createdAt: null, versioning: "enabled" } }],
  fail: [
    [{ config: { createdAt: null, versioning: "off" } }, "Versioning is off."],
    [{ config: { createdAt: null, versioning: "suspended" } }, "Versioning is suspended."],
  ],
  unknown: [{ config: { createdAt: null } }],
});
