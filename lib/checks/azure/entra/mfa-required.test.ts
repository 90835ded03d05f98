import { policy } from "#lib/checks/azure/access-policies.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import type { AccessPolicy } from "#lib/inventory/azure/entra.kinds.ts";
import { mfaRequired } from "./mfa-required.ts";

const tenant = (...accessPolicies: AccessPolicy[]) => ({
  config: { securityDefaults: false, accessPolicies },
});
const without =
  "Security defaults are off, and no conditional access policy asks everyone for a second factor";
const failing = (change: Partial<AccessPolicy>, reason: string) =>
  [tenant(policy(change)), `${without}: MFA for all ${reason}.`] as [ReturnType<typeof tenant>, string];

testCheck(mfaRequired, {
  pass: [
    { config: { securityDefaults: true } },
    tenant(policy()),
    tenant(policy({ state: "disabled" }), policy()),
    tenant(policy({ excludeUsers: ["emergency-1", "emergency-2"] })),
    tenant(policy({ controls: ["mfa", "compliantDevice"], operator: "AND" })),
    { config: { accessPolicies: [policy()] } },
  ],
  fail: [
    [tenant(), `${without}.`],
    [tenant(policy({ state: "disabled" })), `${without}.`],
    [tenant(policy({ controls: ["block"] })), `${without}.`],
    failing({ state: "enabledForReportingButNotEnforced" }, "only reports"),
    failing({ controls: ["mfa", "compliantDevice"] }, "takes compliantDevice instead"),
    failing({ includeUsers: [], includeRoles: ["62e90394"] }, "is for some users"),
    failing({ includeApplications: ["Office365"] }, "is for some applications"),
    failing({ excludeApplications: ["a"] }, "leaves out applications"),
    failing({ furtherConditions: ["locations"] }, "is limited by locations"),
    failing({ excludeRoles: ["62e90394"] }, "leaves out roles"),
    failing({ excludesGuests: true }, "leaves out guests"),
    failing({ excludeUsers: ["a", "b", "c"] }, "leaves out 3 users"),
  ],
  unknown: [
    { config: {} },
    { config: { securityDefaults: false } },
    { config: { accessPolicies: [policy({ excludeRoles: ["62e90394"] })] } },
    tenant(policy({ excludeGroups: ["emergency"] })),
  ],
});
