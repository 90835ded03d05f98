import { policy } from "#lib/checks/azure/access-policies.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { securityDefaults } from "./security-defaults.ts";

testCheck(securityDefaults, {
  pass: [{ config: { securityDefaults: true } }, { config: { securityDefaults: true, accessPolicies: [] } }],
  fail: [
    [{ config: { securityDefaults: false } }, "Security defaults are off."],
    [
      { config: { securityDefaults: false, accessPolicies: [policy({ state: "disabled" })] } },
      "Security defaults are off.",
    ],
    [
      { config: { securityDefaults: false, accessPolicies: [policy()] } },
      "Security defaults are off; 1 conditional access policy is on.",
    ],
    [
      { config: { securityDefaults: false, accessPolicies: [policy(), policy()] } },
      "Security defaults are off; 2 conditional access policies are on.",
    ],
  ],
  unknown: [{ config: {} }, { config: { accessPolicies: [policy()] } }],
});
