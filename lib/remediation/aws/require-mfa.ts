import { GetGroupCommand, paginateListGroupsForUser } from "@aws-sdk/client-iam";
import { z } from "zod";
import type { AwsAccess } from "#lib/clouds/access.ts";
import type { PlannedCall } from "../model.ts";
import { defineOperation, type OperationContext } from "../operation.ts";
import { isNamed } from "./errors.ts";

/**
 * Only what is the user's own: the group is shared by all who are asked for a second factor, so that making it for one of
 * them is no other's drift.
 */
type State = { isMember: boolean; groupIsForeign: boolean };

export const mfaGroup = { GroupName: "ParapetRequireMfa", Path: "/parapet/" } as const;
export const mfaPolicyName = "RequireMfa";

/**
 * After AWS's "Allows MFA-authenticated IAM users to manage their own credentials". The console signs in with a session
 * that says whether a second factor was given; access keys alone say nothing, so that software goes on working.
 */
export const mfaPolicy = (partition: string) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "SeeWhatThereIs",
      Effect: "Allow",
      Action: ["iam:ListVirtualMFADevices", "iam:GetAccountPasswordPolicy"],
      Resource: "*",
    },
    {
      Sid: "ManageOwnDevice",
      Effect: "Allow",
      Action: [
        "iam:CreateVirtualMFADevice",
        "iam:EnableMFADevice",
        "iam:GetMFADevice",
        "iam:GetUser",
        "iam:ListMFADevices",
        "iam:ResyncMFADevice",
        "iam:ChangePassword",
      ],
      Resource: [`arn:${partition}:iam::*:user/\${aws:username}`, `arn:${partition}:iam::*:mfa/*`],
    },
    {
      Sid: "NothingElseWithoutMfa",
      Effect: "Deny",
      NotAction: [
        "iam:CreateVirtualMFADevice",
        "iam:EnableMFADevice",
        "iam:GetMFADevice",
        "iam:GetUser",
        "iam:ListMFADevices",
        "iam:ListVirtualMFADevices",
        "iam:ResyncMFADevice",
        "iam:ChangePassword",
        "iam:GetAccountPasswordPolicy",
        "sts:GetSessionToken",
      ],
      Resource: "*",
      Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } },
    },
  ],
});

export const requireMfa = defineOperation<"aws", State, Record<string, never>>({
  id: "aws.iam.require-mfa",
  cloud: "aws",
  title: "Let the user do nothing without MFA but register a device",
  kinds: ["aws.iam.user"],
  parameters: z.object({}),
  reads: ["iam:ListGroupsForUser", "iam:GetGroup"],
  calls: [
    "aws.iam.AddUserToGroup",
    "aws.iam.CreateGroup",
    "aws.iam.PutGroupPolicy",
    "aws.iam.RemoveUserFromGroup",
  ],

  async read(access, context) {
    const groups = await readGroups(access, context);
    if (!groups) return null;
    return {
      isMember: groups.some(({ name, path }) => name === mfaGroup.GroupName && path === mfaGroup.Path),
      groupIsForeign: await isForeign(access, context),
    };
  },

  plan(state, _parameters, target) {
    if (state.groupIsForeign) {
      const reason = `The account has a group ${mfaGroup.GroupName} that Parapet didn't make: rename or delete it first.`;
      return { outcome: "refused", reason };
    }
    if (state.isMember) {
      return {
        outcome: "nothing",
        reason: "The user is asked for MFA already; what is missing is the device.",
      };
    }
    const document = JSON.stringify(mfaPolicy(target.uid.split(":")[1] ?? "aws"));
    const { GroupName } = mfaGroup;
    const calls: PlannedCall[] = [
      { id: "create-group", api: "aws.iam.CreateGroup", input: { ...mfaGroup } },
      {
        id: "put-policy",
        api: "aws.iam.PutGroupPolicy",
        input: { GroupName, PolicyName: mfaPolicyName, PolicyDocument: document },
      },
      { id: "add-user", api: "aws.iam.AddUserToGroup", input: { GroupName, UserName: target.name } },
    ];
    return {
      outcome: "change",
      after: { isMember: true, groupIsForeign: false },
      calls,
      notes: [
        "In the console the user can do nothing but register a device until they have signed in with it. Access keys go on working.",
        "The check passes once the user has a device; no API can register it for them. Until then this ends as changed, not verified.",
        `Rolling back takes the user out of ${GroupName}. The group itself stays: it changes nothing for anybody who isn't in it.`,
      ],
    };
  },

  wayBack: (before, present, target) => ({
    calls:
      present.isMember && !before.isMember
        ? [
            {
              id: "remove-user",
              api: "aws.iam.RemoveUserFromGroup",
              input: { GroupName: mfaGroup.GroupName, UserName: target.name },
            },
          ]
        : [],
  }),
});

async function readGroups(access: AwsAccess, { target, signal }: OperationContext) {
  const groups: { name: string; path: string }[] = [];
  const paging = { client: access.clients("global").iam };
  try {
    for await (const page of paginateListGroupsForUser(
      paging,
      { UserName: target.name },
      { abortSignal: signal },
    )) {
      groups.push(
        ...(page.Groups ?? []).map(({ GroupName = "", Path = "" }) => ({ name: GroupName, path: Path })),
      );
    }
  } catch (error) {
    if (isNamed(error, "NoSuchEntityException", "NoSuchEntity")) return null;
    throw error;
  }
  return groups;
}

/** Whether there is a group of that name that isn't Parapet's, by its path. */
async function isForeign(access: AwsAccess, { signal }: OperationContext): Promise<boolean> {
  try {
    const command = new GetGroupCommand({ GroupName: mfaGroup.GroupName, MaxItems: 1 });
    const { Group } = await access.clients("global").iam.send(command, { abortSignal: signal });
    return Group?.Path !== mfaGroup.Path;
  } catch (error) {
    if (isNamed(error, "NoSuchEntityException", "NoSuchEntity")) return false;
    throw error;
  }
}
