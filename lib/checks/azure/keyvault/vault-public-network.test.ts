import { vault } from "#lib/checks/azure/key-vault.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { vaultPublicNetwork } from "./vault-public-network.ts";

testCheck(vaultPublicNetwork, {
  pass: [
    vault(),
    vault({ publicNetworkAccess: "disabled" }),
    vault({ publicNetworkAccess: "SecuredByPerimeter" }),
  ],
  fail: [
    [vault({ publicNetworkAccess: "Enabled" }), "Public network access is enabled."],
    [vault({ publicNetworkAccess: null }), "Public network access is enabled."],
  ],
  unknown: [vault({ publicNetworkAccess: undefined })],
});
