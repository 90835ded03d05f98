import { testCheck } from "#lib/checks/test-check.ts";
import { rootMfa } from "./root-mfa.ts";

const summary = {
  rootMfaEnabled: false,
  rootAccessKeysPresent: false,
  rootSigningCertificatesPresent: false,
  rootPasswordPresent: true,
};
const credentials = {
  passwordEnabled: true,
  passwordLastUsedAt: null,
  passwordChangedAt: null,
  mfaActive: false,
  accessKeys: [],
};
const key = {
  n: 1 as const,
  active: false,
  createdAt: null,
  lastUsedAt: null,
  lastUsedRegion: null,
  lastUsedService: null,
};

testCheck(rootMfa, {
  pass: [
    { config: { summary: { ...summary, rootMfaEnabled: true } } },
    { config: { summary: { ...summary, rootPasswordPresent: false } } },
    { config: { rootCredentials: { ...credentials, mfaActive: true } } },
    { config: { rootCredentials: { ...credentials, passwordEnabled: false } } },
  ],
  fail: [
    [{ config: { summary } }, "Root has no MFA device."],
    [{ config: { summary: { ...summary, rootPasswordPresent: null } } }, "Root has no MFA device."],
    [
      { config: { summary: { ...summary, rootPasswordPresent: false, rootAccessKeysPresent: true } } },
      "Root has no MFA device.",
    ],
    [{ config: { rootCredentials: credentials } }, "Root has no MFA device."],
    [
      { config: { rootCredentials: { ...credentials, passwordEnabled: false, accessKeys: [key] } } },
      "Root has no MFA device.",
    ],
  ],
  unknown: [{ config: {} }],
});
