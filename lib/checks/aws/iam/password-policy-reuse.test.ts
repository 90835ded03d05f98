import { testCheck } from "#lib/checks/test-check.ts";
import { passwordPolicyReuse } from "./password-policy-reuse.ts";

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

testCheck(passwordPolicyReuse, {
  pass: [{ config: { passwordPolicy } }],
  fail: [
    [
      { config: { passwordPolicy: { ...passwordPolicy, reusePrevention: 23 } } },
      "Only the last 23 passwords are remembered.",
    ],
    [
      { config: { passwordPolicy: { ...passwordPolicy, reusePrevention: null } } },
      "Any password can be used again.",
    ],
    [{ config: { passwordPolicy: null } }, "There is no password policy, so any password can be used again."],
  ],
  unknown: [{ config: {} }],
});
