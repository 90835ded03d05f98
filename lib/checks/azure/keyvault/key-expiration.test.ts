import { key } from "#lib/checks/azure/key-vault.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { keyExpiration } from "./key-expiration.ts";

testCheck(keyExpiration, {
  pass: [key(), key({ enabled: false, expiresAt: null })],
  fail: [[key({ expiresAt: null }), "The key never expires."]],
  unknown: [key({ expiresAt: undefined }), key({ enabled: undefined, expiresAt: null })],
});
