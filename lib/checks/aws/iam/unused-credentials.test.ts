import { testCheck } from "#lib/checks/test-check.ts";
import type { AccessKey, Credentials } from "#lib/inventory/aws/iam.kinds.ts";
import { unusedCredentials } from "./unused-credentials.ts";

const key = (change: Partial<AccessKey>): AccessKey => ({
  n: 1,
  active: true,
  createdAt: "2025-01-01T00:00:00Z",
  lastUsedAt: null,
  lastUsedRegion: null,
  lastUsedService: null,
  ...change,
});
const user = (change: Partial<Credentials>, createdAt: string | null = "2025-01-01T00:00:00Z") => ({
  asOf: "2026-01-31T12:00:00Z",
  config: {
    path: "/",
    createdAt,
    credentials: {
      passwordEnabled: false,
      passwordLastUsedAt: null,
      passwordChangedAt: null,
      mfaActive: true,
      accessKeys: [],
      ...change,
    },
  },
});
const password = (passwordLastUsedAt: string | null, passwordChangedAt: string | null = null) => ({
  passwordEnabled: true,
  passwordLastUsedAt,
  passwordChangedAt,
});

testCheck(unusedCredentials, {
  pass: [
    user({}),
    user(password("2026-01-01T00:00:00Z", "2020-01-01T00:00:00Z")),
    user(password(null, "2026-01-15T00:00:00Z")),
    user(password(null), "2026-01-15T00:00:00Z"),
    user({ ...password("2020-01-01T00:00:00Z"), passwordEnabled: false }),
    user({ accessKeys: [key({ lastUsedAt: "2025-12-18T00:00:00Z" })] }),
    user({ accessKeys: [key({ createdAt: "2026-01-30T00:00:00Z" })] }),
    user({ accessKeys: [key({ active: false })] }),
  ],
  fail: [
    [user(password("2025-12-17T12:00:00Z")), "The password was last used on 2025-12-17."],
    [user(password(null, "2025-12-01T12:00:00Z")), "The password was never used since 2025-12-01."],
    [user(password(null)), "The password was never used since 2025-01-01."],
    [user({ accessKeys: [key({})] }), "Access key 1 was never used since 2025-01-01."],
    [
      user({ accessKeys: [key({ active: false }), key({ n: 2, lastUsedAt: "2025-10-23T12:00:00Z" })] }),
      "Access key 2 was last used on 2025-10-23.",
    ],
    [
      user({ ...password("2025-12-01T12:00:00Z"), accessKeys: [key({})] }),
      "The password was last used on 2025-12-01. Access key 1 was never used since 2025-01-01.",
    ],
    [
      user({ ...password(null), accessKeys: [key({})] }, null),
      "Access key 1 was never used since 2025-01-01.",
    ],
  ],
  unknown: [
    { config: { path: "/", createdAt: null } },
    user(password(null), null),
    user({ accessKeys: [key({ createdAt: null })] }),
  ],
});
