import { testCheck } from "#lib/checks/test-check.ts";
import { keyAge } from "./key-age.ts";

const key = (createdAt?: string) => ({
  asOf: "2026-01-31T12:00:00Z",
  config: {
    application: null,
    apiTargets: [],
    serviceAccountEmail: null,
    ...(createdAt ? { createdAt } : {}),
  },
});

testCheck(keyAge, {
  pass: [key("2026-01-01T00:00:00Z"), key("2025-11-01T12:00:01Z")],
  fail: [
    [key("2025-11-01T12:00:00Z"), "The key dates from 2025-11-01, over 90 days ago."],
    [key("2019-05-01T00:00:00.123456Z"), "The key dates from 2019-05-01, over 90 days ago."],
  ],
  unknown: [key(), key("long ago")],
});
