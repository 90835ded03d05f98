import { testCheck } from "#lib/checks/test-check.ts";
import { securityhubHub } from "./hub.ts";

const hub = {
  arn: "arn:aws:securityhub:eu-west-1:111122223333:hub/default",
  subscribedAt: "2024-03-05T06:07:08.000Z",
  autoEnableControls: true,
};

testCheck(securityhubHub, {
  pass: [{ config: { hub } }, { config: { hub: { ...hub, autoEnableControls: false } } }],
  fail: [[{ config: { hub: null } }, "Security Hub is off in this region."]],
  unknown: [{ config: {} }],
});
