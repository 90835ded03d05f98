import { testCheck } from "#lib/checks/test-check.ts";
import { passwordPolicyLength } from "./password-policy-length.ts";

const passwordPolicy = {
  minimumLength: 14,
  reusePrevention: 24 as number | null,
  maxAgeDays: null,
  requireUppercase: false,
  requireLowercase: false,
  requireNumbers: false,
  requireSymbols: false,
  allowUsersToChange: true,
  hardExpiry: false,
};

testCheck(passwordPolicyLength, {
  pass: [
    { config: { passwordPolicy } },
    { config: { passwordPolicy: { ...passwordPolicy, minimumLength: 20 } } },
  ],
  fail: [
    [
      { config: { passwordPolicy: { ...passwordPolicy, minimumLength: 13 } } },
      "The minimum length is 13 characters.",
    ],
    [
      { config: { passwordPolicy: null } },
      "There is no password policy, so passwords of 8 characters are allowed.",
    ],
  ],
  unknown: [{ config: {} }],
});
