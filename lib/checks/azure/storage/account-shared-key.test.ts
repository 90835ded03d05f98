import { account } from "#lib/checks/azure/storage-account.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { accountSharedKey } from "./account-shared-key.ts";

testCheck(accountSharedKey, {
  pass: [account()],
  fail: [
    [account({ sharedKeyAccess: true }), "Access by key is allowed."],
    [account({ sharedKeyAccess: null }), "Access by key is allowed."],
  ],
  unknown: [account({ sharedKeyAccess: undefined })],
});
