import type { AccessPolicy } from "#lib/inventory/azure/entra.kinds.ts";

/** A policy that asks everyone for a second factor, everywhere. */
export const policy = (change: Partial<AccessPolicy> = {}): AccessPolicy => ({
  id: "3cbfb2b4-0000-4000-8000-000000000001",
  name: "MFA for all",
  state: "enabled",
  includeUsers: ["All"],
  includeGroups: [],
  includeRoles: [],
  excludeUsers: [],
  excludeGroups: [],
  excludeRoles: [],
  excludesGuests: false,
  includeApplications: ["All"],
  excludeApplications: [],
  furtherConditions: [],
  controls: ["mfa"],
  operator: "OR",
  ...change,
});
