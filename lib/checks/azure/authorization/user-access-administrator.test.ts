import { testCheck } from "#lib/checks/test-check.ts";
import { userAccessAdministrator } from "./user-access-administrator.ts";

const given = (scope: string, condition: string | null = null) => ({
  config: {
    roleId: "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
    scope,
    principalId: "5b6c1d0e-0000-4000-8000-000000000001",
    principalType: "User",
    condition,
    createdAt: null,
  },
});
const subscription = "/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590";
const limited =
  "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7}))";
const { config } = given("/");

testCheck(userAccessAdministrator, {
  pass: [
    given(`${subscription}/resourceGroups/web`),
    given(`${subscription}/resourceGroups/web/providers/Microsoft.Storage/storageAccounts/logs`),
    given(subscription, limited),
    { config: { ...config, roleId: "acdd72a7-3385-48ef-bd42-f606fba81ae7" } },
    { config: { ...config, roleId: "acdd72a7-3385-48ef-bd42-f606fba81ae7", scope: undefined } },
  ],
  fail: [
    [given("/"), "User Access Administrator is given on the tenant's root."],
    [given(subscription), "User Access Administrator is given on the subscription."],
    [
      given("/providers/Microsoft.Management/managementGroups/acme"),
      "User Access Administrator is given on management group acme.",
    ],
    [
      given(subscription, "@Resource[Microsoft.Storage/storageAccounts:Name] StringEquals 'logs'"),
      "User Access Administrator is given on the subscription.",
    ],
  ],
  unknown: [{ config: { ...config, roleId: undefined } }, { config: { ...config, scope: undefined } }],
});
