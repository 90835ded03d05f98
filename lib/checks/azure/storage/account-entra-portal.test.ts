import { account } from "#lib/checks/azure/storage-account.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { accountEntraPortal } from "./account-entra-portal.ts";

testCheck(accountEntraPortal, {
  pass: [account()],
  fail: [
    [account({ defaultToEntra: false }), "The portal uses the account's keys by default."],
    [account({ defaultToEntra: null }), "The portal uses the account's keys by default."],
  ],
  unknown: [account({ defaultToEntra: undefined })],
});
