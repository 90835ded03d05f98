import { secret } from "#lib/checks/azure/key-vault.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { secretExpiration } from "./secret-expiration.ts";

testCheck(secretExpiration, {
  pass: [secret(), secret({ enabled: false, expiresAt: null })],
  fail: [[secret({ expiresAt: null }), "The secret never expires."]],
  unknown: [secret({ expiresAt: undefined }), secret({ enabled: undefined, expiresAt: null })],
});
