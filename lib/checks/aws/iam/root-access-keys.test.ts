import { testCheck } from "#lib/checks/test-check.ts";
import { rootAccessKeys } from "./root-access-keys.ts";

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

testCheck(rootAccessKeys, {
  pass: [
    { config: { summary } },
    { config: { rootCredentials: credentials } },
    // The summary is the fresher one.
    { config: { summary, rootCredentials: { ...credentials, accessKeys: [key] } } },
  ],
  fail: [
    [{ config: { summary: { ...summary, rootAccessKeysPresent: true } } }, "Root has an access key."],
    [{ config: { rootCredentials: { ...credentials, accessKeys: [key] } } }, "Root has an access key."],
    [
      { config: { rootCredentials: { ...credentials, accessKeys: [key, { ...key, n: 2 }] } } },
      "Root has two access keys.",
    ],
  ],
  unknown: [{ config: {} }, { config: { alias: "acme" } }],
});
