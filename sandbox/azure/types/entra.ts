import { AzureError, type GraphCall, type GraphObject, type GraphRoute } from "#sandbox/azure/model.ts";
import { applicationRoutes } from "./entra-applications.ts";

export const registrationReport = "reports/authenticationMethods/userRegistrationDetails";

const accessPolicies = "identity/conditionalAccess/policies";
const securityDefaults = "policies/identitySecurityDefaultsEnforcementPolicy";

/** What Microsoft Graph tells of a tenant's users, and of how they have to sign in. */
export const entraRoutes: readonly GraphRoute[] = [
  {
    path: "users",
    permissions: ["User.Read.All", "User.ReadWrite.All", "Directory.Read.All"],
    writePermissions: ["User.ReadWrite.All"],
    pageSize: 100,
  },
  {
    path: "users/{id}",
    permissions: ["User.Read.All", "User.ReadWrite.All", "Directory.Read.All"],
    writePermissions: ["User.ReadWrite.All"],
  },
  { path: registrationReport, permissions: ["AuditLog.Read.All"], pageSize: 100, read: readRegistrations },
  {
    path: securityDefaults,
    permissions: ["Policy.Read.All"],
    writePermissions: ["Policy.ReadWrite.SecurityDefaults"],
    write: writeSecurityDefaults,
  },
  {
    path: "policies/authorizationPolicy",
    permissions: ["Policy.Read.All", "Policy.ReadWrite.Authorization"],
    writePermissions: ["Policy.ReadWrite.Authorization"],
  },
  {
    path: accessPolicies,
    permissions: ["Policy.Read.All", "Policy.Read.ConditionalAccess"],
    writePermissions: ["Policy.ReadWrite.ConditionalAccess"],
    write: writeAccessPolicy,
  },
  {
    path: "identity/conditionalAccess/policies/{id}",
    permissions: ["Policy.Read.All", "Policy.Read.ConditionalAccess"],
    writePermissions: ["Policy.ReadWrite.ConditionalAccess"],
    write: writeAccessPolicy,
  },
  {
    path: "policies/crossTenantAccessPolicy/default",
    permissions: ["Policy.Read.All", "Policy.ReadWrite.CrossTenantAccess"],
    writePermissions: ["Policy.ReadWrite.CrossTenantAccess"],
  },
  {
    path: "policies/crossTenantAccessPolicy/partners",
    permissions: ["Policy.Read.All", "Policy.ReadWrite.CrossTenantAccess"],
  },
  ...applicationRoutes,
];

const badRequest = (message: string): AzureError => new AzureError(400, "BadRequest", message);

/** Security defaults and conditional access policies that are in force stand in for each other, and don't go together. */
function writeSecurityDefaults(next: GraphObject, _: GraphObject | null, { tenant }: GraphCall): GraphObject {
  if (typeof next.isEnabled !== "boolean")
    throw badRequest("Invalid value specified for property 'isEnabled'.");
  const enforced = listOf(tenant.graph.get(accessPolicies)).filter(({ state }) => state === "enabled");
  if (next.isEnabled && enforced.length > 0) {
    throw badRequest("Security defaults can't be enabled while Conditional Access policies are enabled.");
  }
  return next;
}

const policyStates = ["enabled", "disabled", "enabledForReportingButNotEnforced"];

function writeAccessPolicy(
  next: GraphObject,
  previous: GraphObject | null,
  { tenant, now }: GraphCall,
): GraphObject {
  const { displayName, state, conditions } = next;
  const { applications, users } = Object(conditions);
  if (typeof displayName !== "string" || displayName === "")
    throw badRequest("1003: displayName is required.");
  if (!policyStates.includes(String(state)))
    throw badRequest("1004: Invalid value specified for property 'state'.");
  if (!applications || !users) throw badRequest("1011: Policy contains no applications or users conditions.");
  if (!next.grantControls && !next.sessionControls) throw badRequest("1032: Policy contains no controls.");
  const defaults = Object(tenant.graph.get(securityDefaults));
  if (state === "enabled" && defaults.isEnabled === true) {
    throw badRequest(
      "Security Defaults is enabled in the tenant. You must disable Security defaults before enabling a Conditional Access policy.",
    );
  }
  const { clientAppTypes = ["all"], ...others } = Object(conditions);
  return {
    sessionControls: null,
    createdDateTime: now.toISOString(),
    ...next,
    modifiedDateTime: previous ? now.toISOString() : null,
    conditions: {
      signInRiskLevels: [],
      userRiskLevels: [],
      platforms: null,
      locations: null,
      clientAppTypes,
      ...others,
    },
  };
}

/** The report leaves out users that are disabled. */
function readRegistrations({ tenant }: GraphCall): GraphObject[] {
  const users = listOf(tenant.graph.get("users"));
  const enabled = new Set(users.filter((user) => user.accountEnabled !== false).map(({ id }) => id));
  return listOf(tenant.graph.get(registrationReport)).filter(({ id }) => enabled.has(id));
}

const listOf = (found: GraphObject | GraphObject[] | undefined): GraphObject[] =>
  Array.isArray(found) ? found : [];
