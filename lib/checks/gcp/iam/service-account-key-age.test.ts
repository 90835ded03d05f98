import { testCheck } from "#lib/checks/test-check.ts";
import type { ServiceAccountKey } from "#lib/inventory/gcp/iam.kinds.ts";
import { serviceAccountKeyAge } from "./service-account-key-age.ts";

const key = (validAfter: string | null, change: Partial<ServiceAccountKey> = {}): ServiceAccountKey => ({
  id: "a".repeat(40),
  origin: "GOOGLE_PROVIDED",
  disabled: false,
  validAfter,
  validBefore: "9999-12-31T23:59:59Z",
  ...change,
});
const withKeys = (...keys: ServiceAccountKey[]) => ({
  asOf: "2026-01-31T12:00:00Z",
  config: { email: "etl@p.iam.gserviceaccount.com", displayName: null, uniqueId: "1", disabled: false, keys },
});
const { keys: _, ...unread } = withKeys().config;
const old = "2025-11-01T12:00:00Z";

testCheck(serviceAccountKeyAge, {
  pass: [
    withKeys(),
    // Ninety days, and less than ninety-one.
    withKeys(key("2025-11-02T12:00:00Z"), key("2025-11-01T12:00:01Z")),
    withKeys(key(old, { disabled: true })),
    withKeys(key(old, { validBefore: "2026-01-31T12:00:00Z" })),
    { ...withKeys(), config: { ...unread, disabled: true, keys: [key(old)] } },
  ],
  fail: [
    [withKeys(key(old)), "Key aaaaaaaa dates from 2025-11-01, over 90 days ago."],
    [withKeys(key(old, { validBefore: null })), "Key aaaaaaaa dates from 2025-11-01, over 90 days ago."],
    [
      withKeys(key("2026-01-01T00:00:00Z"), key(null), key("2024-12-31T23:30:00Z", { id: "b".repeat(40) })),
      "Key bbbbbbbb dates from 2024-12-31, over 90 days ago.",
    ],
  ],
  unknown: [{ config: unread }, withKeys(key(null)), withKeys(key("no date"))],
});
