import type { GraphCall, GraphObject, GraphRoute } from "#sandbox/azure/model.ts";

export const registrationReport = "reports/authenticationMethods/userRegistrationDetails";

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
    path: "policies/identitySecurityDefaultsEnforcementPolicy",
    permissions: ["Policy.Read.All"],
    writePermissions: ["Policy.ReadWrite.SecurityDefaults"],
  },
  {
    path: "policies/authorizationPolicy",
    permissions: ["Policy.Read.All", "Policy.ReadWrite.Authorization"],
    writePermissions: ["Policy.ReadWrite.Authorization"],
  },
  {
    path: "identity/conditionalAccess/policies",
    permissions: ["Policy.Read.All", "Policy.Read.ConditionalAccess"],
    writePermissions: ["Policy.ReadWrite.ConditionalAccess"],
  },
  {
    path: "identity/conditionalAccess/policies/{id}",
    permissions: ["Policy.Read.All", "Policy.Read.ConditionalAccess"],
    writePermissions: ["Policy.ReadWrite.ConditionalAccess"],
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
];

/** The report leaves out users that are disabled. */
function readRegistrations({ tenant }: GraphCall): GraphObject[] {
  const users = listOf(tenant.graph.get("users"));
  const enabled = new Set(users.filter((user) => user.accountEnabled !== false).map(({ id }) => id));
  return listOf(tenant.graph.get(registrationReport)).filter(({ id }) => enabled.has(id));
}

const listOf = (found: GraphObject | GraphObject[] | undefined): GraphObject[] =>
  Array.isArray(found) ? found : [];
