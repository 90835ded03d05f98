import { testCheck } from "#lib/checks/test-check.ts";
import type { ServiceAccountKey } from "#lib/inventory/gcp/iam.kinds.ts";
import { serviceAccountUserKeys } from "./service-account-user-keys.ts";

const key = (id: string, disabled = false): ServiceAccountKey => ({
  id: id.repeat(40),
  origin: "GOOGLE_PROVIDED",
  disabled,
  validAfter: "2025-06-01T00:00:00Z",
  validBefore: "9999-12-31T23:59:59Z",
});
const account = (keys?: ServiceAccountKey[]) => ({
  config: {
    email: "etl@p.iam.gserviceaccount.com",
    displayName: null,
    uniqueId: "1",
    disabled: false,
    ...(keys ? { keys } : {}),
  },
});

testCheck(serviceAccountUserKeys, {
  pass: [account([])],
  fail: [
    [account([key("a")]), "The account has a key that users manage: aaaaaaaa."],
    [
      account([key("a"), key("b", true)]),
      "The account has 2 keys that users manage: aaaaaaaa and bbbbbbbb (disabled).",
    ],
  ],
  unknown: [account()],
});
