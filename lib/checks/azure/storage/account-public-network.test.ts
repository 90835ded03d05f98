import { account } from "#lib/checks/azure/storage-account.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { accountPublicNetwork } from "./account-public-network.ts";

testCheck(accountPublicNetwork, {
  pass: [account(), account({ publicNetworkAccess: "SecuredByPerimeter" })],
  fail: [
    [account({ publicNetworkAccess: "Enabled" }), "Public network access is enabled."],
    [account({ publicNetworkAccess: null }), "Public network access is enabled."],
  ],
  unknown: [account({ publicNetworkAccess: undefined })],
});
