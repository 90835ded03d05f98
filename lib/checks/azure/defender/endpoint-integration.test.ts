import { testCheck } from "#lib/checks/test-check.ts";
import { endpointIntegration } from "./endpoint-integration.ts";

const cloudApps = { name: "MCAS", enabled: true };

testCheck(endpointIntegration, {
  pass: [{ config: { settings: [cloudApps, { name: "WDATP", enabled: true }] } }],
  fail: [
    [{ config: { settings: [cloudApps, { name: "WDATP", enabled: false }] } }, "Endpoint protection is off."],
    [{ config: { settings: null } }, "Defender for Cloud was never set up for the subscription."],
  ],
  unknown: [{ config: {} }, { config: { settings: [cloudApps] } }],
});
