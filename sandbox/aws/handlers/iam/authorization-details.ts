import type {
  EntityType,
  GroupDetail,
  ManagedPolicyDetail,
  PolicyDetail,
  RoleDetail,
  UserDetail,
} from "@aws-sdk/client-iam";
import type { Operations } from "../operations.ts";
import { encodeDocument } from "./documents.ts";
import { describeAttached } from "./permissions.ts";
import { countAttachments, describePolicy, isAwsManaged } from "./policies.ts";
import { describeProfile, encodeRole } from "./roles.ts";
import {
  type GroupState,
  type IamState,
  iam,
  type Permissions,
  type PolicyState,
  type ProfileState,
  pageOf,
  type RoleState,
  type UserState,
} from "./state.ts";

type Entity =
  | { type: "User"; id: string | undefined; state: UserState }
  | { type: "Group"; id: string | undefined; state: GroupState }
  | { type: "Role"; id: string | undefined; state: RoleState }
  | { type: "LocalManagedPolicy" | "AWSManagedPolicy"; id: string | undefined; state: PolicyState };

/** Everything of an account at once; users, groups, roles and policies share the pages. */
export const authorizationDetailsHandlers = {
  GetAccountAuthorizationDetails: (input, call) => {
    const state = iam(call);
    const counts = countAttachments(state);
    const profiles = Map.groupBy(state.instanceProfiles.values(), (one) => one.roleName);
    const entities = listEntities(state, counts, input.Filter);
    const { items, ...rest } = pageOf(entities, input, (entity) => entity.id);
    const answer = {
      UserDetailList: [] as UserDetail[],
      GroupDetailList: [] as GroupDetail[],
      RoleDetailList: [] as RoleDetail[],
      Policies: [] as ManagedPolicyDetail[],
      ...rest,
    };
    for (const entity of items) {
      if (entity.type === "User") answer.UserDetailList.push(describeUser(state, entity.state));
      else if (entity.type === "Group") answer.GroupDetailList.push(describeGroup(state, entity.state));
      else if (entity.type === "Role")
        answer.RoleDetailList.push(
          describeRole(state, entity.state, profiles.get(entity.state.role.RoleName ?? "")),
        );
      else answer.Policies.push(describeManagedPolicy(entity.state, counts));
    }
    return answer;
  },
} satisfies Operations<typeof import("@aws-sdk/client-iam")>;

function listEntities(
  state: IamState,
  counts: Map<string, number>,
  filter: EntityType[] | undefined,
): Entity[] {
  const entities: Entity[] = [];
  for (const user of state.users.values()) entities.push({ type: "User", id: user.user.UserId, state: user });
  for (const group of state.groups.values()) {
    entities.push({ type: "Group", id: group.group.GroupId, state: group });
  }
  for (const role of state.roles.values()) entities.push({ type: "Role", id: role.role.RoleId, state: role });
  for (const policy of state.policies.values()) {
    // Of AWS's own policies only those in use are part of the account.
    if (isAwsManaged(policy) && !counts.has(policy.policy.Arn)) continue;
    const type = isAwsManaged(policy) ? "AWSManagedPolicy" : "LocalManagedPolicy";
    entities.push({ type, id: policy.policy.Arn, state: policy });
  }
  return filter?.length ? entities.filter((entity) => filter.includes(entity.type)) : entities;
}

function describeUser(state: IamState, held: UserState): UserDetail {
  const { PasswordLastUsed: _, ...user } = held.user;
  const inline = describeInline(held);
  return {
    ...user,
    ...(inline.length > 0 ? { UserPolicyList: inline } : {}),
    GroupList: [...held.groups],
    AttachedManagedPolicies: describeAttached(state, held),
  };
}

function describeGroup(state: IamState, held: GroupState): GroupDetail {
  return {
    ...held.group,
    GroupPolicyList: describeInline(held),
    AttachedManagedPolicies: describeAttached(state, held),
  };
}

function describeRole(state: IamState, held: RoleState, profiles: ProfileState[] = []): RoleDetail {
  const { Description: _, MaxSessionDuration: __, ...role } = encodeRole(held.role);
  return {
    ...role,
    InstanceProfileList: profiles.map((one) => describeProfile(state, one)),
    RolePolicyList: describeInline(held),
    AttachedManagedPolicies: describeAttached(state, held),
  };
}

function describeManagedPolicy(held: PolicyState, counts: Map<string, number>): ManagedPolicyDetail {
  return {
    ...describePolicy(held, counts),
    PolicyVersionList: held.versions.map((version) => ({
      ...version,
      Document: encodeDocument(version.Document ?? "{}"),
    })),
  };
}

function describeInline({ inline }: Permissions): PolicyDetail[] {
  return [...inline].map(([PolicyName, document]) => ({
    PolicyName,
    PolicyDocument: encodeDocument(document),
  }));
}
