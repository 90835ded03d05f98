import { AwsError } from "../../model.ts";
import type { Operations } from "../operations.ts";
import { newIamId } from "./ids.ts";
import { findGroup, findUser, iam, pageOf } from "./state.ts";

export const groupHandlers = {
  ListGroups: (input, call) => {
    const { items, ...rest } = pageOf(iam(call).groups.values(), input, ({ group }) => group.GroupName);
    return { Groups: items.map(({ group }) => group), ...rest };
  },
  GetGroup: (input, call) => {
    const state = iam(call);
    const { group } = findGroup(state, input.GroupName);
    const members = [...state.users.values()].filter((one) => one.groups.has(group.GroupName ?? ""));
    const { items, ...rest } = pageOf(members, input, ({ user }) => user.UserName);
    return { Group: group, Users: items.map(({ user }) => user), ...rest };
  },
  CreateGroup: (input, call) => {
    const state = iam(call);
    const { GroupName = "", Path = "/" } = input;
    if (state.groups.has(GroupName)) {
      throw new AwsError("EntityAlreadyExists", `Group with name ${GroupName} already exists.`, 409);
    }
    const group = {
      Path,
      GroupName,
      GroupId: newIamId("AGPA"),
      Arn: `arn:aws:iam::${call.account}:group${Path}${GroupName}`,
      CreateDate: call.now,
    };
    state.groups.set(GroupName, { group, attached: new Set(), inline: new Map() });
    return { Group: group };
  },
  AddUserToGroup: (input, call) => {
    const state = iam(call);
    const { group } = findGroup(state, input.GroupName);
    findUser(state, input.UserName).groups.add(group.GroupName ?? "");
    return {};
  },
  RemoveUserFromGroup: (input, call) => {
    const state = iam(call);
    const { group } = findGroup(state, input.GroupName);
    findUser(state, input.UserName).groups.delete(group.GroupName ?? "");
    return {};
  },
} satisfies Operations<typeof import("@aws-sdk/client-iam")>;
