import { testCheck } from "#lib/checks/test-check.ts";
import { userMfa } from "./user-mfa.ts";

const user = { path: "/", createdAt: "2025-06-01T00:00:00Z" };
const credentials = {
  passwordEnabled: true,
  passwordLastUsedAt: null,
  passwordChangedAt: null,
  mfaActive: false,
  accessKeys: [],
};

testCheck(userMfa, {
  pass: [
    { config: { ...user, credentials: { ...credentials, mfaActive: true } } },
    { config: { ...user, credentials: { ...credentials, passwordEnabled: false } } },
  ],
  fail: [[{ config: { ...user, credentials } }, "The user has a console password and no MFA device."]],
  unknown: [{ config: user }],
});
