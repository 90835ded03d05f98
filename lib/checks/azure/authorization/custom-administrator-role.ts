import { wideScopeName } from "#lib/checks/azure/role-scopes.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const customAdministratorRole = defineCheck({
  id: "azure.authorization.custom-administrator-role",
  title: "Custom role doesn't administer a whole subscription",
  severity: "high",
  resource: "azure.authorization.custom-role",
  permissions: ["Microsoft.Authorization/roleDefinitions/read"],
  risk: "A role that allows everything under a name of one's own escapes those who count owners and review their access.",
  remediation: {
    text: "Give Azure's own roles instead, and delete the custom role; or name the actions that are really needed.",
    url: "https://learn.microsoft.com/azure/role-based-access-control/custom-roles",
    console: [
      "Subscription, Access control (IAM), Roles; filter by type CustomRole.",
      "See under Assignments who has the role, and give them what they need.",
      "Remove the assignments, then delete the role.",
    ],
    cli: `az role definition delete --name "{name}" --custom-role-only true --scope /subscriptions/{account}`,
    terraform: `resource "azurerm_role_definition" "this" {
  name              = "{name}"
  scope             = azurerm_resource_group.team.id
  assignable_scopes = [azurerm_resource_group.team.id]

  permissions {
    actions = ["Microsoft.Compute/virtualMachines/*"]
  }
}`,
  },
  evaluate: ({ permissions, assignableScopes }) => {
    const at = permissions?.findIndex(
      ({ actions, notActions }) => actions.includes("*") && !notActions.includes("*"),
    );
    if (at === -1) return pass();
    const wide = assignableScopes?.map(wideScopeName).find((name) => name !== null);
    if (assignableScopes && wide === undefined) return pass();
    if (at === undefined) return unknown("permissions of the role");
    if (!wide) return unknown("scopes in which the role can be given");
    const except = permissions?.[at]?.notActions ?? [];
    const but = except.length > 0 ? ` but ${except.slice(0, 3).join(", ")}` : "";
    return fail(`The role allows every action${but} in ${wide}.`, `/permissions/${at}/actions`);
  },
});
