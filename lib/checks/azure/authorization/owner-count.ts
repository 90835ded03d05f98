import { builtInRoles, wideScopeName } from "#lib/checks/azure/role-scopes.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

const fewest = 2;
const most = 3;

export const ownerCount = defineCheck({
  id: "azure.authorization.owner-count",
  title: "Subscription has two or three owners",
  severity: "medium",
  resource: "azure.authorization.subscription",
  context: ["azure.authorization.role-assignment"],
  permissions: ["Microsoft.Authorization/roleAssignments/read"],
  risk: "A single owner who leaves or is locked out takes the way in along. Each owner more is one more account that is worth stealing.",
  remediation: {
    text: "Have two or three owners, counting those that management groups pass on; give others narrower roles.",
    url: "https://learn.microsoft.com/azure/role-based-access-control/best-practices",
    console: [
      "Subscription, Access control (IAM), Role assignments; filter by the role Owner.",
      "Remove those who don't need it, and give them a narrower role.",
      "Where there is but one, add a second by Add role assignment.",
    ],
    cli: "az role assignment list --role Owner --scope /subscriptions/{account} --include-inherited --output table",
    terraform: `resource "azurerm_role_assignment" "owner" {
  for_each             = toset(var.owner_ids)
  scope                = "/subscriptions/{account}"
  role_definition_name = "Owner"
  principal_id         = each.value
}`,
  },
  evaluate: (_subscription, { related }) => {
    const { items, complete } = related.of("azure.authorization.role-assignment");
    const owners = new Set<string>();
    let hidden = complete ? "" : "role assignments";
    for (const { config } of items) {
      const { roleId, scope, principalId, principalType } = config;
      if (roleId !== undefined && roleId !== builtInRoles.owner) continue;
      if (scope !== undefined && wideScopeName(scope) === null) continue;
      if (roleId === undefined || scope === undefined || principalId === undefined)
        hidden ||= "role assignments";
      // Who belongs to a group is known to the directory alone.
      else if (principalType === null || principalType.includes("Group"))
        hidden ||= "members of the groups that own the subscription";
      else owners.add(principalId);
    }
    const { size } = owners;
    if (size > most) return fail(`The subscription has ${hidden ? "at least " : ""}${size} owners.`);
    if (hidden) return unknown(hidden);
    if (size >= fewest) return pass();
    return fail(`The subscription has ${size === 0 ? "no owner" : "but one owner"}.`);
  },
});
