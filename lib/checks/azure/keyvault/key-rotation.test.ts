import { key } from "#lib/checks/azure/key-vault.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { keyRotation } from "./key-rotation.ts";

testCheck(keyRotation, {
  pass: [key(), key({ enabled: false, rotation: null }), key({ enabled: false, rotation: undefined })],
  fail: [
    [key({ rotation: null }), "The key has no rotation policy."],
    [
      key({ rotation: { rotates: false, notifies: true, expiresAfter: null } }),
      "The key's rotation policy doesn't rotate it.",
    ],
  ],
  unknown: [key({ rotation: undefined }), key({ enabled: undefined, rotation: null })],
});
