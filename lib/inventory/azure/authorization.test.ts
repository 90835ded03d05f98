import { describe, expect, it } from "vitest";
import { authorizationSubscription, customRoles, roleAssignments } from "./authorization.ts";
import { collect, paged, refusal, subscription } from "./test-answers.ts";

const scope = `/subscriptions/${subscription}`;

describe("role assignments", () => {
  const path = `GET ${scope}/providers/Microsoft.Authorization/roleAssignments`;
  const owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
  const assignment = (name: string, properties: object, above = scope) => ({
    properties: {
      roleDefinitionId: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${owner}`,
      principalId: "CE2CE14E-85D7-4629-BDBC-454D0519D987",
      principalType: "User",
      scope,
      condition: null,
      conditionVersion: null,
      createdOn: "2018-08-08T19:05:45.8547826Z",
      ...properties,
    },
    id: `${above}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    type: "Microsoft.Authorization/roleAssignments",
    name,
  });
  const resource = (name: string, above = scope) => ({
    uid: `${above}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    kind: "azure.authorization.role-assignment",
    account: subscription,
    region: "global",
    name,
    tags: {},
  });
  const config = {
    roleId: owner,
    scope,
    principalId: "ce2ce14e-85d7-4629-bdbc-454d0519d987",
    principalType: "User",
    condition: null,
    createdAt: "2018-08-08T19:05:45.854Z",
  };

  it("are those at the subscription and above, page by page", async () => {
    const group = "/providers/Microsoft.Management/managementGroups/acme";
    let filter: string | null = null;
    const pages = paged(
      [assignment("a", {}), assignment("b", { scope: "/" }, "")],
      [assignment("c", { scope: group, principalType: "Group", condition: "@Resource[x]" }, group)],
    );
    const { resources, gaps, thrown } = await collect(roleAssignments, {
      [path]: (request) => {
        filter ??= request.query.get("$filter");
        return pages(request);
      },
    });
    expect({ gaps, thrown, filter }).toEqual({ gaps: [], thrown: null, filter: "atScope()" });
    expect(resources).toEqual([
      { ...resource("b", ""), config: { ...config, scope: "/" }, unread: [] },
      {
        ...resource("c", group),
        config: { ...config, scope: group, principalType: "Group", condition: "@Resource[x]" },
        unread: [],
      },
      { ...resource("a"), config, unread: [] },
    ]);
  });

  it("are kept with what the answer left out unread", async () => {
    const bare = assignment("a", { roleDefinitionId: undefined, scope: undefined, principalType: undefined });
    const { resources, gaps } = await collect(roleAssignments, { [path]: { value: [bare] } });
    expect(gaps).toMatchObject([{ resourceUid: resource("a").uid, code: "malformed" }]);
    const { roleId: _, scope: __, ...read } = config;
    expect(resources).toEqual([
      { ...resource("a"), config: { ...read, principalType: null }, unread: ["roleId", "scope"] },
    ]);
  });

  it("are missing when refused", async () => {
    const { resources, thrown } = await collect(roleAssignments, {
      [path]: refusal(403, "AuthorizationFailed"),
    });
    expect(resources).toEqual([]);
    expect(thrown).toMatchObject({ operation: "Microsoft.Authorization/roleAssignments/read" });
  });
});

it("reads the roles that the customer defined", async () => {
  const name = "3c2bd6a7-1f5c-4b1c-8a52-3f6c7a1b0c9d";
  let filter: string | null = null;
  const { resources, gaps, thrown } = await collect(customRoles, {
    [`GET ${scope}/providers/Microsoft.Authorization/roleDefinitions`]: ({ query }) => {
      filter = query.get("$filter");
      return {
        value: [
          {
            properties: {
              roleName: "Role name",
              type: "CustomRole",
              description: "Role description",
              assignableScopes: [
                scope,
                "/subscriptions/ABCDEF00-2222-3333-4444-555555555555/resourcegroups/RG",
              ],
              permissions: [
                { actions: ["*"], notActions: ["Microsoft.Authorization/*/Delete"], dataActions: [] },
              ],
            },
            id: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${name}`,
            type: "Microsoft.Authorization/roleDefinitions",
            name,
          },
        ],
      };
    },
  });
  expect({ gaps, thrown, filter }).toEqual({ gaps: [], thrown: null, filter: "type eq 'CustomRole'" });
  expect(resources).toEqual([
    {
      uid: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${name}`,
      kind: "azure.authorization.custom-role",
      account: subscription,
      region: "global",
      name: "Role name",
      tags: {},
      config: {
        roleName: "Role name",
        description: "Role description",
        permissions: [
          {
            actions: ["*"],
            notActions: ["Microsoft.Authorization/*/Delete"],
            dataActions: [],
            notDataActions: [],
          },
        ],
        assignableScopes: [scope, "/subscriptions/abcdef00-2222-3333-4444-555555555555/resourceGroups/rg"],
      },
      unread: [],
    },
  ]);
});

it("reads the subscription itself", async () => {
  const { resources, gaps, thrown } = await collect(authorizationSubscription, {
    [`GET ${scope}`]: {
      id: scope,
      subscriptionId: subscription,
      tenantId: "31c75423-32d6-4322-88b7-c478bdde4858",
      displayName: "Example Subscription",
      state: "Enabled",
      authorizationSource: "RoleBased",
    },
  });
  expect({ gaps, thrown }).toEqual({ gaps: [], thrown: null });
  expect(resources).toEqual([
    {
      uid: `${scope}/providers/Microsoft.Authorization`,
      kind: "azure.authorization.subscription",
      account: subscription,
      region: "global",
      name: "Example Subscription",
      tags: {},
      config: { displayName: "Example Subscription", state: "Enabled" },
      unread: [],
    },
  ]);
});
