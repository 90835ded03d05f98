import { testCheck } from "#lib/checks/test-check.ts";
import { wafPolicyBodyInspection } from "./waf-policy-body-inspection.ts";

testCheck(wafPolicyBodyInspection, {
  pass: [{ config: { bodyCheck: true, gatewayIds: [] } }],
  fail: [[{ config: { bodyCheck: false, gatewayIds: [] } }, "Request bodies are not inspected."]],
  unknown: [{ config: { gatewayIds: [] } }],
});
