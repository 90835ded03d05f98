import { rules, vault } from "#lib/checks/azure/key-vault.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { vaultDefaultDeny } from "./vault-default-deny.ts";

testCheck(vaultDefaultDeny, {
  pass: [
    vault({ networkRules: null }),
    vault({ publicNetworkAccess: "Enabled" }),
    vault({ publicNetworkAccess: "Enabled", networkRules: rules("Deny", "198.51.100.0/24", "203.0.113.9") }),
  ],
  fail: [
    [
      vault({ publicNetworkAccess: "Enabled", networkRules: null }),
      "The vault has no firewall, so every network is let in.",
    ],
    [
      vault({ publicNetworkAccess: null, networkRules: rules("Allow") }),
      "The firewall lets every network in.",
    ],
    [
      vault({ publicNetworkAccess: "Enabled", networkRules: rules("Deny", "0.0.0.0/1") }),
      "The firewall lets in 0.0.0.0/1.",
    ],
  ],
  unknown: [
    vault({ publicNetworkAccess: undefined }),
    vault({ publicNetworkAccess: "Enabled", networkRules: undefined }),
  ],
});
