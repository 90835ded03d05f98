import { account } from "#lib/checks/azure/storage-account.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { accountTrustedServices } from "./account-trusted-services.ts";

const rules = (defaultAction: "Allow" | "Deny", ...bypass: string[]) => ({
  defaultAction,
  bypass,
  ipRanges: [],
  subnetIds: [],
});

testCheck(accountTrustedServices, {
  pass: [account(), account({ publicNetworkAccess: "Enabled", networkRules: rules("Allow") })],
  fail: [
    [
      account({ publicNetworkAccess: "Enabled", networkRules: rules("Deny", "Logging") }),
      "Trusted Azure services are kept out by the firewall.",
    ],
    [
      account({ publicNetworkAccess: "Disabled", networkRules: rules("Allow") }),
      "Trusted Azure services are kept out by the firewall.",
    ],
  ],
  unknown: [
    account({ networkRules: undefined }),
    account({ publicNetworkAccess: undefined, networkRules: rules("Allow") }),
  ],
});
