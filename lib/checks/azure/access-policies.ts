import type { AccessPolicy } from "#lib/inventory/azure/entra.kinds.ts";

/** Microsoft advises to leave out two accounts for emergencies, so that a mistake can't lock everybody out. */
const emergencyAccounts = 2;

/**
 * Whether a conditional access policy asks every user for a second factor at every application.
 *
 * @returns `true`; what keeps it from that, to follow the policy's name; or `undefined` when that hangs on who belongs to
 * a group, which is not read. `null` for a policy that asks for no second factor at all, or isn't in force.
 */
export function asksEveryoneForMfa(policy: AccessPolicy): true | string | undefined | null {
  const { controls, operator } = policy;
  if (policy.state === "disabled" || !controls.includes("mfa")) return null;
  if (policy.state !== "enabled") return "only reports";
  if (operator !== "AND" && controls.length > 1)
    return `takes ${controls.filter((control) => control !== "mfa").join(" or ")} instead`;
  if (!policy.includeUsers.includes("All")) return "is for some users";
  if (!policy.includeApplications.includes("All")) return "is for some applications";
  if (policy.excludeApplications.length > 0) return "leaves out applications";
  if (policy.furtherConditions.length > 0) return `is limited by ${policy.furtherConditions.join(", ")}`;
  if (policy.excludeRoles.length > 0) return "leaves out roles";
  if (policy.excludesGuests || policy.excludeUsers.includes("GuestsOrExternalUsers"))
    return "leaves out guests";
  if (policy.excludeUsers.length > emergencyAccounts) return `leaves out ${policy.excludeUsers.length} users`;
  return policy.excludeGroups.length > 0 ? undefined : true;
}
