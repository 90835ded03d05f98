import { builtInRoles, wideScopeName } from "#lib/checks/azure/role-scopes.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const userAccessAdministrator = defineCheck({
  id: "azure.authorization.user-access-administrator",
  title: "User Access Administrator isn't given on whole subscriptions",
  severity: "high",
  resource: "azure.authorization.role-assignment",
  permissions: ["Microsoft.Authorization/roleAssignments/read"],
  risk: "Whoever holds it can give anyone any role, themselves included. At the tenant's root, where Global Administrators may put it, that goes for every subscription.",
  remediation: {
    text: "Take the assignment away, or replace it by one on a smaller scope or with a condition on which roles may be given to whom.",
    url: "https://learn.microsoft.com/azure/role-based-access-control/elevate-access-global-admin",
    console: [
      "Open the scope, Access control (IAM), Role assignments.",
      "Filter by User Access Administrator, and choose the assignment.",
      "Remove.",
    ],
    cli: "az role assignment delete --ids {uid}",
    terraform: `resource "azurerm_role_assignment" "delegated" {
  scope                = azurerm_resource_group.team.id
  role_definition_name = "Role Based Access Control Administrator"
  principal_id         = var.principal_id
  condition_version    = "2.0"
  condition            = var.condition
}`,
  },
  evaluate: ({ roleId, scope, condition }) => {
    if (roleId === undefined) return unknown("role that is given");
    if (roleId !== builtInRoles.userAccessAdministrator) return pass();
    if (scope === undefined) return unknown("scope of the assignment");
    const where = wideScopeName(scope);
    // A condition on this action is how Azure limits which roles may be given, and to whom.
    if (where === null || condition?.toLowerCase().includes("microsoft.authorization/roleassignments/write"))
      return pass();
    return fail(`User Access Administrator is given on ${where}.`, "/scope");
  },
});
