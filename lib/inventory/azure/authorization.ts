import type { RoleAssignment, RoleDefinition } from "@azure/arm-authorization";
import { cut, namingFailures, readPromised, required, timeOf } from "../answers.ts";
import type { Resource } from "../model.ts";
import { armId, subscriptionUid } from "./arm.ts";
import { armListing } from "./arm-list.ts";
import type { AzureCollector, AzureContext } from "./collector.ts";

const subscriptionRead = "Microsoft.Resources/subscriptions/read";
const assignmentsRead = "Microsoft.Authorization/roleAssignments/read";
const definitionsRead = "Microsoft.Authorization/roleDefinitions/read";

/** Reads the subscription itself; the roles on it are in the kinds below. */
export const authorizationSubscription: AzureCollector<"azure.authorization.subscription"> = {
  kind: "azure.authorization.subscription",
  cloud: "azure",
  service: "authorization",
  scope: "global",
  permissions: [subscriptionRead],
  async *collect(context) {
    const { account, clients, signal } = context;
    const { displayName, state } = await namingFailures(subscriptionRead, () =>
      clients.subscriptions.subscriptions.get(account, { abortSignal: signal }),
    );
    yield {
      uid: subscriptionUid(context, "Microsoft.Authorization"),
      kind: "azure.authorization.subscription",
      account,
      region: "global",
      name: cut(displayName || account),
      tags: {},
      config: { displayName: displayName ? cut(displayName) : null, state: state ?? null },
      unread: [],
    };
  },
};

/** Reads who holds which role on the subscription, given there or above; those given on parts of it are left out. */
export const roleAssignments: AzureCollector<"azure.authorization.role-assignment"> = {
  kind: "azure.authorization.role-assignment",
  cloud: "azure",
  service: "authorization",
  scope: "global",
  permissions: [assignmentsRead],
  collect: (context) => {
    const list = context.clients.authorization.roleAssignments.listForSubscription({
      filter: "atScope()",
      abortSignal: context.signal,
    });
    return context.each(armListing(assignmentsRead, list), (assignment) =>
      describeAssignment(context, assignment),
    );
  },
};

async function describeAssignment(
  context: AzureContext,
  answer: RoleAssignment,
): Promise<Resource<"azure.authorization.role-assignment">> {
  const uid = armId(answer.id);
  const facets = await readPromised(context, uid, assignmentsRead, {
    roleId: answer.roleDefinitionId?.split("/").at(-1)?.toLowerCase(),
    scope: answer.scope && scopeOf(answer.scope),
    principalId: answer.principalId?.toLowerCase(),
  });
  return {
    uid,
    kind: "azure.authorization.role-assignment",
    account: context.account,
    region: "global",
    name: cut(required(answer.name, "name")),
    tags: {},
    config: {
      ...facets.read,
      principalType: answer.principalType ?? null,
      condition: answer.condition ? cut(answer.condition) : null,
      createdAt: timeOf(answer.createdOn),
    },
    unread: facets.unread,
  };
}

const scopeOf = (scope: string): string => (scope === "/" ? scope : armId(scope, "scope"));

/** Reads the roles that the customer defined and that can be given in the subscription. */
export const customRoles: AzureCollector<"azure.authorization.custom-role"> = {
  kind: "azure.authorization.custom-role",
  cloud: "azure",
  service: "authorization",
  scope: "global",
  permissions: [definitionsRead],
  async *collect(context) {
    const { account, clients, signal } = context;
    const list = clients.authorization.roleDefinitions.list(`subscriptions/${account}`, {
      filter: "type eq 'CustomRole'",
      abortSignal: signal,
    });
    yield* context.each(armListing(definitionsRead, list), (role) => describeRole(context, role));
  },
};

async function describeRole(
  context: AzureContext,
  answer: RoleDefinition,
): Promise<Resource<"azure.authorization.custom-role"> | null> {
  const uid = armId(answer.id);
  const roleName = cut(required(answer.roleName, "roleName"));
  const facets = await readPromised(context, uid, definitionsRead, {
    permissions: answer.permissions?.map(({ actions, notActions, dataActions, notDataActions }) => ({
      actions: (actions ?? []).map(cut),
      notActions: (notActions ?? []).map(cut),
      dataActions: (dataActions ?? []).map(cut),
      notDataActions: (notDataActions ?? []).map(cut),
    })),
    assignableScopes: answer.assignableScopes?.map((scope) => scopeOf(scope)),
  });
  return {
    uid,
    kind: "azure.authorization.custom-role",
    account: context.account,
    region: "global",
    name: roleName,
    tags: {},
    config: {
      roleName,
      description: answer.description ? cut(answer.description) : null,
      ...facets.read,
    },
    unread: facets.unread,
  };
}
