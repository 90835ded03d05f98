import { testCheck } from "#lib/checks/test-check.ts";
import type { AccessKey } from "#lib/inventory/aws/iam.kinds.ts";
import { accessKeyAge } from "./access-key-age.ts";

const user = { path: "/", createdAt: "2025-06-01T00:00:00Z" };

const credentials = {
  passwordEnabled: false,
  passwordLastUsedAt: null,
  passwordChangedAt: null,
  mfaActive: false,
  accessKeys: [],
};
const key = (n: 1 | 2, createdAt: string | null, active = true): AccessKey => ({
  n,
  active,
  createdAt,
  lastUsedAt: null,
  lastUsedRegion: null,
  lastUsedService: null,
});
const withKeys = (...accessKeys: AccessKey[]) => ({
  asOf: "2026-01-31T12:00:00Z",
  config: { ...user, credentials: { ...credentials, accessKeys } },
});

testCheck(accessKeyAge, {
  pass: [
    withKeys(),
    withKeys(key(1, "2026-01-31T11:00:00Z")),
    // Ninety days, and less than ninety-one.
    withKeys(key(1, "2025-11-02T12:00:00Z")),
    withKeys(key(1, "2025-11-01T12:00:01Z")),
    withKeys(key(1, "2020-01-01T00:00:00Z", false)),
    withKeys(key(1, null, false)),
  ],
  fail: [
    [withKeys(key(1, "2025-11-01T12:00:00Z")), "Access key 1 dates from 2025-11-01, over 90 days ago."],
    [
      withKeys(key(1, "2025-10-01T12:00:00Z"), key(2, "2025-01-31T12:00:00+00:00")),
      "Access key 1 dates from 2025-10-01, over 90 days ago. Access key 2 dates from 2025-01-31, over 90 days ago.",
    ],
    [
      withKeys(key(1, null), key(2, "2025-01-31T12:00:00Z")),
      "Access key 2 dates from 2025-01-31, over 90 days ago.",
    ],
  ],
  unknown: [{ config: user }, withKeys(key(1, null)), withKeys(key(1, "no_information"))],
});
