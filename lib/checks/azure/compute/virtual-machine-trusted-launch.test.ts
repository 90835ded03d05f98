import { machine } from "#lib/checks/azure/virtual-machines.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { virtualMachineTrustedLaunch } from "./virtual-machine-trusted-launch.ts";

const trusted = { securityType: "TrustedLaunch", secureBoot: true, virtualTpm: true };

testCheck(virtualMachineTrustedLaunch, {
  pass: [machine(trusted), machine({ ...trusted, securityType: "ConfidentialVM" })],
  fail: [
    [machine(), "The machine starts without Trusted Launch."],
    [machine({ ...trusted, securityType: "Standard" }), "The machine starts without Trusted Launch."],
    [machine({ ...trusted, secureBoot: false }), "Secure Boot is off."],
    [machine({ ...trusted, virtualTpm: null }), "The virtual TPM is off."],
    [machine({ securityType: "TrustedLaunch" }), "Secure Boot and the virtual TPM are off."],
  ],
  unknown: [machine({ securityType: undefined })],
});
