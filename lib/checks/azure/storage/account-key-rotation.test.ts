import { account } from "#lib/checks/azure/storage-account.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { accountKeyRotation } from "./account-key-rotation.ts";

testCheck(accountKeyRotation, {
  pass: [
    account({ sharedKeyAccess: true }),
    account({ keysCreatedAt: { key1: "2019-01-01T00:00:00.000Z", key2: null } }),
    account({
      sharedKeyAccess: null,
      createdAt: "2026-01-02T00:00:00.000Z",
      keysCreatedAt: { key1: null, key2: null },
    }),
  ],
  fail: [
    [
      account({
        sharedKeyAccess: true,
        keysCreatedAt: { key1: "2025-10-01T00:00:00.000Z", key2: "2026-01-01T00:00:00.000Z" },
      }),
      "key1 is from 2025-10-01.",
    ],
    [
      account({ sharedKeyAccess: null, keysCreatedAt: { key1: null, key2: "2024-02-03T00:00:00.000Z" } }),
      "key1 is older than Azure's record of keys, key2 is from 2024-02-03.",
    ],
  ],
  unknown: [
    account({ sharedKeyAccess: undefined }),
    account({ sharedKeyAccess: true, keysCreatedAt: undefined }),
    account({
      sharedKeyAccess: true,
      createdAt: null,
      keysCreatedAt: { key1: "2026-01-01T00:00:00.000Z", key2: null },
    }),
  ],
});
