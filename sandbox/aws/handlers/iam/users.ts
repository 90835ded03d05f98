import type { User, VirtualMFADevice } from "@aws-sdk/client-iam";
import { AwsError, type Call } from "../../model.ts";
import type { Operations } from "../operations.ts";
import { newIamId } from "./ids.ts";
import { findGroup, findUser, iam, mergeTags, noSuchEntity, pageOf } from "./state.ts";

/** Users, their passwords and second factors. */
export const userHandlers = {
  ListUsers: (input, call) => {
    const users = [...iam(call).users.values()].filter(({ user }) =>
      user.Path?.startsWith(input.PathPrefix ?? "/"),
    );
    const { items, ...rest } = pageOf(users, input, ({ user }) => user.UserName);
    // Tags come with GetUser alone.
    return { Users: items.map(({ user: { Tags: _, ...user } }) => user), ...rest };
  },
  GetUser: (input, call) => {
    if (!input.UserName) return { User: findCaller(call) };
    return { User: findUser(iam(call), input.UserName).user };
  },
  CreateUser: (input, call) => {
    const state = iam(call);
    const UserName = input.UserName ?? "";
    if (state.users.has(UserName)) {
      throw new AwsError("EntityAlreadyExists", `User with name ${UserName} already exists.`, 409);
    }
    const Path = input.Path ?? "/";
    const user: User = {
      Path,
      UserName,
      UserId: newIamId("AIDA"),
      Arn: `arn:aws:iam::${call.account}:user${Path}${UserName}`,
      CreateDate: call.now,
      Tags: input.Tags ?? [],
    };
    state.users.set(UserName, {
      user,
      password: null,
      accessKeys: [],
      mfaDevices: [],
      attached: new Set(),
      inline: new Map(),
      groups: new Set(),
    });
    return { User: user };
  },
  DeleteUser: (input, call) => {
    const state = iam(call);
    const found = findUser(state, input.UserName);
    const isBare =
      !found.password &&
      [
        found.accessKeys.length,
        found.mfaDevices.length,
        found.attached.size,
        found.inline.size,
        found.groups.size,
      ].every((count) => count === 0);
    if (!isBare) {
      throw new AwsError("DeleteConflict", "Cannot delete entity, must remove its belongings first.", 409);
    }
    state.users.delete(found.user.UserName ?? "");
    return {};
  },
  ListUserTags: (input, call) => {
    const { items, ...rest } = pageOf(
      findUser(iam(call), input.UserName).user.Tags ?? [],
      input,
      (tag) => tag.Key,
    );
    return { Tags: items, ...rest };
  },
  TagUser: (input, call) => {
    const { user } = findUser(iam(call), input.UserName);
    user.Tags = mergeTags(user.Tags, input.Tags);
    return {};
  },

  GetLoginProfile: (input, call) => {
    const { user, password } = findUser(iam(call), input.UserName);
    if (!password) throw noSuchEntity(`Login Profile for User ${input.UserName} cannot be found.`);
    return {
      LoginProfile: {
        UserName: user.UserName,
        CreateDate: password.createdAt,
        PasswordResetRequired: password.resetRequired,
      },
    };
  },
  DeleteLoginProfile: (input, call) => {
    const found = findUser(iam(call), input.UserName);
    if (!found.password) throw noSuchEntity(`Login Profile for User ${input.UserName} cannot be found.`);
    found.password = null;
    found.user.PasswordLastUsed = undefined;
    return {};
  },

  ListMFADevices: (input, call) => {
    const { items, ...rest } = pageOf(
      findUser(iam(call), input.UserName).mfaDevices,
      input,
      (device) => device.SerialNumber,
    );
    return { MFADevices: items, ...rest };
  },
  ListVirtualMFADevices: (input, call) => {
    const assigned = input.AssignmentStatus === "Unassigned" ? [] : findVirtualDevices(call);
    const { items, ...rest } = pageOf(assigned, input, (device) => device.SerialNumber);
    return { VirtualMFADevices: items, ...rest };
  },

  ListGroupsForUser: (input, call) => {
    const state = iam(call);
    const groups = [...findUser(state, input.UserName).groups].map((name) => findGroup(state, name).group);
    const { items, ...rest } = pageOf(groups, input, (group) => group.GroupName);
    return { Groups: items, ...rest };
  },
} satisfies Operations<typeof import("@aws-sdk/client-iam")>;

function findCaller(call: Call): User {
  const name = call.principal.arn.split("/").at(-1);
  return findUser(iam(call), name).user;
}

/** Apps on phones: root's first, as it is the one device that isn't a user's. */
function findVirtualDevices(call: Call): VirtualMFADevice[] {
  const state = iam(call);
  const ofRoot: VirtualMFADevice = {
    SerialNumber: `arn:aws:iam::${call.account}:mfa/root-account-mfa-device`,
    EnableDate: state.root.createdAt,
    User: {
      Path: "/",
      UserName: undefined,
      UserId: call.account,
      Arn: `arn:aws:iam::${call.account}:root`,
      CreateDate: state.root.createdAt,
    },
  };
  const ofUsers = [...state.users.values()].flatMap(({ user, mfaDevices }) =>
    mfaDevices
      .filter((device) => device.SerialNumber?.includes(":mfa/"))
      .map(({ SerialNumber, EnableDate }) => ({ SerialNumber, EnableDate, User: user })),
  );
  return state.root.mfa === "virtual" ? [ofRoot, ...ofUsers] : ofUsers;
}
