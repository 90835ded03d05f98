import { testCheck } from "#lib/checks/test-check.ts";
import { wafPolicyPrevention } from "./waf-policy-prevention.ts";

testCheck(wafPolicyPrevention, {
  pass: [{ config: { enabled: true, mode: "Prevention", gatewayIds: [] } }],
  fail: [
    [{ config: { enabled: true, mode: "Detection", gatewayIds: [] } }, "The policy is in detection mode."],
    [{ config: { mode: "Detection", gatewayIds: [] } }, "The policy is in detection mode."],
    [{ config: { enabled: false, mode: "Prevention", gatewayIds: [] } }, "The policy is disabled."],
  ],
  unknown: [
    { config: { gatewayIds: [] } },
    { config: { enabled: true, gatewayIds: [] } },
    { config: { mode: "Prevention", gatewayIds: [] } },
  ],
});
