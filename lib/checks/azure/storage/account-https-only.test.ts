import { account } from "#lib/checks/azure/storage-account.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { accountHttpsOnly } from "./account-https-only.ts";

testCheck(accountHttpsOnly, {
  pass: [account()],
  fail: [[account({ httpsOnly: false }), "Requests without TLS are accepted."]],
  unknown: [account({ httpsOnly: undefined })],
});
