import { account } from "#lib/checks/azure/storage-account.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { accountPrivateEndpoint } from "./account-private-endpoint.ts";

testCheck(accountPrivateEndpoint, {
  pass: [account(), account({ privateEndpoints: ["Rejected", "Approved"] })],
  fail: [
    [account({ privateEndpoints: [] }), "The account has no private endpoint."],
    [account({ privateEndpoints: ["Pending"] }), "The connection of its private endpoint is Pending."],
  ],
  unknown: [account({ privateEndpoints: undefined })],
});
