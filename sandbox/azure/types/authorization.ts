import { type ArmCall, type ArmResource, type ArmType, AzureError } from "#sandbox/azure/model.ts";

/** Azure's own roles, with the GUIDs that they have in every tenant. */
export const builtInRoles = {
  Owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  Contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  Reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  "User Access Administrator": "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
} as const;

const allowed: Record<keyof typeof builtInRoles, { actions: string[]; notActions: string[] }> = {
  Owner: { actions: ["*"], notActions: [] },
  Contributor: {
    actions: ["*"],
    notActions: ["Microsoft.Authorization/*/Delete", "Microsoft.Authorization/*/Write"],
  },
  Reader: { actions: ["*/read"], notActions: [] },
  "User Access Administrator": {
    actions: ["*/read", "Microsoft.Authorization/*", "Microsoft.Support/*"],
    notActions: [],
  },
};

/** Who may do what: roles, and to whom they are given. */
export const authorizationTypes: readonly ArmType[] = [
  {
    type: "Microsoft.Authorization/roleAssignments",
    isExtension: true,
    list: listAssignments,
    write: writeAssignment,
  },
  {
    type: "Microsoft.Authorization/roleDefinitions",
    isExtension: true,
    list: listRoles,
    get: (call) =>
      listRoles({ ...call, query: new Map() }).find(({ name }) => name === call.path.names[0]) ?? null,
    write: writeRole,
  },
];

/** `atScope()` takes what is given at the scope and above; without it, what is given below comes along. */
function listAssignments({ subscription, path, query }: ArmCall): ArmResource[] {
  const scope = path.scope.toLowerCase();
  const filter = query.get("$filter")?.[0];
  if (filter !== undefined && filter !== "atScope()") throw unsupported(filter);
  return subscription.tree.ofType("Microsoft.Authorization/roleAssignments").filter(({ properties }) => {
    const own = String(properties.scope).toLowerCase();
    const isAbove = own === "/" || own.startsWith("/providers/") || `${scope}/`.startsWith(`${own}/`);
    return isAbove || (filter === undefined && own.startsWith(`${scope}/`));
  });
}

function writeAssignment(next: ArmResource, previous: ArmResource | null, call: ArmCall): ArmResource {
  const { roleDefinitionId, principalId } = next.properties;
  if (previous) throw new AzureError(409, "RoleAssignmentExists", "The role assignment already exists.");
  if (typeof roleDefinitionId !== "string" || typeof principalId !== "string") {
    throw new AzureError(
      400,
      "InvalidCreateRoleAssignmentRequest",
      "The request to create role assignment is not valid.",
    );
  }
  return {
    ...next,
    properties: {
      principalType: "User",
      ...next.properties,
      scope: call.path.scope || "/",
      createdOn: call.now.toISOString(),
    },
  };
}

function listRoles({ subscription, query }: ArmCall): ArmResource[] {
  const scope = `/subscriptions/${subscription.id}`;
  const own = subscription.tree.ofType("Microsoft.Authorization/roleDefinitions");
  const builtIn = Object.entries(allowed).map(([roleName, { actions, notActions }]): ArmResource => {
    const name = builtInRoles[roleName as keyof typeof builtInRoles];
    return {
      id: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${name}`,
      name,
      type: "Microsoft.Authorization/roleDefinitions",
      properties: {
        roleName,
        type: "BuiltInRole",
        description: "",
        assignableScopes: ["/"],
        permissions: [{ actions, notActions, dataActions: [], notDataActions: [] }],
      },
    };
  });
  const filter = query.get("$filter")?.[0];
  if (filter === undefined) return [...builtIn, ...own];
  const type = /^type eq '(CustomRole|BuiltInRole)'$/.exec(filter)?.[1];
  if (!type) throw unsupported(filter);
  return type === "CustomRole" ? own : builtIn;
}

function writeRole(next: ArmResource): ArmResource {
  return { ...next, properties: { description: "", ...next.properties, type: "CustomRole" } };
}

function unsupported(filter: string): AzureError {
  return new AzureError(400, "UnsupportedFilter", `The filter '${filter}' is not supported.`);
}
