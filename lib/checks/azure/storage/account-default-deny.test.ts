import { account } from "#lib/checks/azure/storage-account.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { accountDefaultDeny } from "./account-default-deny.ts";

const rules = (defaultAction: "Allow" | "Deny", ...ipRanges: string[]) => ({
  defaultAction,
  bypass: [],
  ipRanges,
  subnetIds: [],
});

testCheck(accountDefaultDeny, {
  pass: [
    account(),
    account({ publicNetworkAccess: null }),
    account({ publicNetworkAccess: "SecuredByPerimeter", networkRules: rules("Allow") }),
    account({ publicNetworkAccess: "Disabled", networkRules: undefined }),
    account({
      publicNetworkAccess: "Enabled",
      networkRules: rules("Deny", "198.51.100.0/24", "2001:db8::/32", "203.0.113.7"),
    }),
  ],
  fail: [
    [
      account({ publicNetworkAccess: "Enabled", networkRules: rules("Allow") }),
      "The firewall lets every network in.",
    ],
    [
      account({ publicNetworkAccess: null, networkRules: rules("Allow") }),
      "The firewall lets every network in.",
    ],
    [
      account({
        publicNetworkAccess: "Enabled",
        networkRules: rules("Deny", "198.51.100.0/24", "0.0.0.0/0"),
      }),
      "The firewall lets in 0.0.0.0/0.",
    ],
    [
      account({ publicNetworkAccess: "Enabled", networkRules: rules("Deny", "::/0") }),
      "The firewall lets in ::/0.",
    ],
  ],
  unknown: [
    account({ publicNetworkAccess: "Enabled", networkRules: undefined }),
    account({ publicNetworkAccess: undefined }),
  ],
});
