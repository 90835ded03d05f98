import { account } from "#lib/checks/azure/storage-account.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { accountMinTls } from "./account-min-tls.ts";

testCheck(accountMinTls, {
  pass: [account(), account({ minTlsVersion: "TLS1_3" })],
  fail: [
    [account({ minTlsVersion: "TLS1_0" }), "TLS 1.0 is accepted."],
    [account({ minTlsVersion: "TLS1_1" }), "TLS 1.1 is accepted."],
    [account({ minTlsVersion: null }), "No minimum is set, so TLS 1.0 is accepted."],
  ],
  unknown: [account({ minTlsVersion: "Newest" }), account({ minTlsVersion: undefined })],
});
