import { testCheck } from "#lib/checks/test-check.ts";
import { customAdministratorRole } from "./custom-administrator-role.ts";

const subscription = "/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590";
const allows = (actions: string[], notActions: string[] = []) => ({
  actions,
  notActions,
  dataActions: [],
  notDataActions: [],
});
const role = (permissions: ReturnType<typeof allows>[], ...assignableScopes: string[]) => ({
  config: { roleName: "Platform", description: null, permissions, assignableScopes },
});
const all = role([allows(["*"])], subscription);

testCheck(customAdministratorRole, {
  pass: [
    role([allows(["Microsoft.Compute/*", "*/read"])], subscription),
    role([allows(["*"])], `${subscription}/resourceGroups/team`),
    role([allows(["*"], ["*"])], subscription),
    role([], subscription),
    {
      config: {
        ...all.config,
        permissions: undefined,
        assignableScopes: [`${subscription}/resourceGroups/a`],
      },
    },
  ],
  fail: [
    [all, "The role allows every action in the subscription."],
    [
      role([allows(["*/read"]), allows(["*"], ["Microsoft.Authorization/*/Delete"])], "/"),
      "The role allows every action but Microsoft.Authorization/*/Delete in the tenant's root.",
    ],
    [
      role(
        [allows(["*"])],
        `${subscription}/resourceGroups/a`,
        "/providers/Microsoft.Management/managementGroups/acme",
      ),
      "The role allows every action in management group acme.",
    ],
  ],
  unknown: [
    { config: { ...all.config, permissions: undefined } },
    { config: { ...all.config, assignableScopes: undefined } },
  ],
});
