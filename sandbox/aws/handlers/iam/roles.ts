import type { InstanceProfile, Role } from "@aws-sdk/client-iam";
import { AwsError } from "../../model.ts";
import type { Operations } from "../operations.ts";
import { encodeDocument, readDocument } from "./documents.ts";
import { newIamId } from "./ids.ts";
import { findRole, type IamState, iam, mergeTags, noSuchEntity, type ProfileState, pageOf } from "./state.ts";

/** Roles and the instance profiles that hand them to EC2. */
export const roleHandlers = {
  ListRoles: (input, call) => {
    const roles = [...iam(call).roles.values()].filter(({ role }) =>
      role.Path?.startsWith(input.PathPrefix ?? "/"),
    );
    const { items, ...rest } = pageOf(roles, input, ({ role }) => role.RoleName);
    // Tags and last use come with GetRole alone.
    return {
      Roles: items.map(({ role: { Tags: _, RoleLastUsed: __, ...role } }) => encodeRole(role as Role)),
      ...rest,
    };
  },
  GetRole: (input, call) => ({ Role: encodeRole(findRole(iam(call), input.RoleName).role) }),
  CreateRole: (input, call) => {
    const state = iam(call);
    const RoleName = input.RoleName ?? "";
    if (state.roles.has(RoleName)) {
      throw new AwsError("EntityAlreadyExists", `Role with name ${RoleName} already exists.`, 409);
    }
    const Path = input.Path ?? "/";
    const role: Role = {
      Path,
      RoleName,
      RoleId: newIamId("AROA"),
      Arn: `arn:aws:iam::${call.account}:role${Path}${RoleName}`,
      CreateDate: call.now,
      AssumeRolePolicyDocument: readDocument(input.AssumeRolePolicyDocument),
      Description: input.Description,
      MaxSessionDuration: input.MaxSessionDuration ?? 3600,
      Tags: input.Tags ?? [],
    };
    state.roles.set(RoleName, { role, attached: new Set(), inline: new Map() });
    return { Role: encodeRole(role) };
  },
  DeleteRole: (input, call) => {
    const state = iam(call);
    const { role, attached, inline } = findRole(state, input.RoleName);
    if (attached.size > 0 || inline.size > 0) {
      throw new AwsError("DeleteConflict", "Cannot delete entity, must detach all policies first.", 409);
    }
    state.roles.delete(role.RoleName ?? "");
    return {};
  },
  UpdateAssumeRolePolicy: (input, call) => {
    findRole(iam(call), input.RoleName).role.AssumeRolePolicyDocument = readDocument(input.PolicyDocument);
    return {};
  },
  ListRoleTags: (input, call) => {
    const { items, ...rest } = pageOf(
      findRole(iam(call), input.RoleName).role.Tags ?? [],
      input,
      (tag) => tag.Key,
    );
    return { Tags: items, ...rest };
  },
  TagRole: (input, call) => {
    const { role } = findRole(iam(call), input.RoleName);
    role.Tags = mergeTags(role.Tags, input.Tags);
    return {};
  },

  ListInstanceProfiles: (input, call) => {
    const state = iam(call);
    const { items, ...rest } = pageOf(
      state.instanceProfiles.values(),
      input,
      (one) => one.profile.InstanceProfileName,
    );
    return { InstanceProfiles: items.map((one) => describeProfile(state, one)), ...rest };
  },
  ListInstanceProfilesForRole: (input, call) => {
    const state = iam(call);
    const { RoleName = "" } = findRole(state, input.RoleName).role;
    const { items, ...rest } = pageOf(
      profilesOf(state, RoleName),
      input,
      (profile) => profile.InstanceProfileName,
    );
    return { InstanceProfiles: items, ...rest };
  },
  GetInstanceProfile: (input, call) => {
    const state = iam(call);
    const found = state.instanceProfiles.get(input.InstanceProfileName ?? "");
    if (!found) throw noSuchEntity(`Instance Profile ${input.InstanceProfileName} cannot be found.`);
    return { InstanceProfile: describeProfile(state, found) };
  },
} satisfies Operations<typeof import("@aws-sdk/client-iam")>;

export function encodeRole(role: Role): Role {
  return { ...role, AssumeRolePolicyDocument: encodeDocument(role.AssumeRolePolicyDocument ?? "{}") };
}

function profilesOf(state: IamState, roleName: string): InstanceProfile[] {
  return [...state.instanceProfiles.values()]
    .filter((one) => one.roleName === roleName)
    .map((one) => describeProfile(state, one));
}

export function describeProfile(state: IamState, { profile, roleName }: ProfileState): InstanceProfile {
  const role = state.roles.get(roleName ?? "")?.role;
  return { ...profile, Roles: role ? [encodeRole(role)] : [] } as InstanceProfile;
}
