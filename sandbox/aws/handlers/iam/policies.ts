import type { Policy } from "@aws-sdk/client-iam";
import { AwsError } from "../../model.ts";
import type { Operations } from "../operations.ts";
import { encodeDocument, readDocument } from "./documents.ts";
import { newIamId } from "./ids.ts";
import { findPolicy, type IamState, iam, noSuchEntity, type PolicyState, pageOf } from "./state.ts";

/** Managed policies: the account's and AWS's. */
export const policyHandlers = {
  ListPolicies: (input, call) => {
    const state = iam(call);
    const counts = countAttachments(state);
    const policies = [...state.policies.values()]
      .filter((one) => !input.Scope || input.Scope === "All" || (input.Scope === "AWS") === isAwsManaged(one))
      .filter((one) => !input.OnlyAttached || counts.has(one.policy.Arn))
      .filter((one) => one.policy.Path?.startsWith(input.PathPrefix ?? "/"));
    const { items, ...rest } = pageOf(policies, input, ({ policy }) => policy.Arn);
    return { Policies: items.map((one) => describePolicy(one, counts)), ...rest };
  },
  GetPolicy: (input, call) => {
    const state = iam(call);
    const found = findPolicy(state, input.PolicyArn);
    return { Policy: { ...describePolicy(found, countAttachments(state)), Tags: found.policy.Tags ?? [] } };
  },
  GetPolicyVersion: (input, call) => {
    const version = findPolicy(iam(call), input.PolicyArn).versions.find(
      (one) => one.VersionId === input.VersionId,
    );
    if (!version) throw noSuchEntity(`Policy ${input.PolicyArn} version ${input.VersionId} does not exist.`);
    return { PolicyVersion: { ...version, Document: encodeDocument(version.Document ?? "{}") } };
  },
  ListPolicyVersions: (input, call) => {
    const { items, ...rest } = pageOf(
      findPolicy(iam(call), input.PolicyArn).versions,
      input,
      (one) => one.VersionId,
    );
    return { Versions: items.map(({ Document: _, ...version }) => version), ...rest };
  },
  ListPolicyTags: (input, call) => {
    const { policy } = findPolicy(iam(call), input.PolicyArn);
    const { items, ...rest } = pageOf(policy.Tags ?? [], input, (tag) => tag.Key);
    return { Tags: items, ...rest };
  },
  ListEntitiesForPolicy: (input, call) => {
    const state = iam(call);
    const { Arn } = findPolicy(state, input.PolicyArn).policy;
    const holders = [
      ...[...state.users.values()].map((one) => ({ ...one, type: "User" as const, id: one.user.UserId })),
      ...[...state.groups.values()].map((one) => ({ ...one, type: "Group" as const, id: one.group.GroupId })),
      ...[...state.roles.values()].map((one) => ({ ...one, type: "Role" as const, id: one.role.RoleId })),
    ]
      .filter((one) => one.attached.has(Arn))
      .filter((one) => !input.EntityFilter || one.type === input.EntityFilter);
    const { items, ...rest } = pageOf(holders, input, (one) => one.id);
    return {
      PolicyUsers: items.flatMap((one) =>
        one.type === "User" ? [{ UserName: one.user.UserName, UserId: one.id }] : [],
      ),
      PolicyGroups: items.flatMap((one) =>
        one.type === "Group" ? [{ GroupName: one.group.GroupName, GroupId: one.id }] : [],
      ),
      PolicyRoles: items.flatMap((one) =>
        one.type === "Role" ? [{ RoleName: one.role.RoleName, RoleId: one.id }] : [],
      ),
      ...rest,
    };
  },

  CreatePolicy: (input, call) => {
    const state = iam(call);
    const { PolicyName = "", Path = "/" } = input;
    const Arn = `arn:aws:iam::${call.account}:policy${Path}${PolicyName}`;
    if (state.policies.has(Arn)) {
      throw new AwsError("EntityAlreadyExists", `A policy called ${PolicyName} already exists.`, 409);
    }
    const created: PolicyState = {
      policy: {
        PolicyName,
        PolicyId: newIamId("ANPA"),
        Arn,
        Path,
        DefaultVersionId: "v1",
        IsAttachable: true,
        Description: input.Description,
        CreateDate: call.now,
        UpdateDate: call.now,
        Tags: input.Tags ?? [],
      },
      versions: [
        {
          VersionId: "v1",
          IsDefaultVersion: true,
          CreateDate: call.now,
          Document: readDocument(input.PolicyDocument),
        },
      ],
    };
    state.policies.set(Arn, created);
    return { Policy: describePolicy(created, new Map()) };
  },
  CreatePolicyVersion: (input, call) => {
    const found = findOwnPolicy(iam(call), input.PolicyArn);
    if (found.versions.length >= 5) {
      throw new AwsError("LimitExceeded", "A managed policy can have up to 5 versions.", 409);
    }
    const newest = Math.max(...found.versions.map((one) => Number(one.VersionId?.slice(1))));
    const VersionId = `v${newest + 1}`;
    const version = { VersionId, IsDefaultVersion: false, CreateDate: call.now };
    found.versions = [{ ...version, Document: readDocument(input.PolicyDocument) }, ...found.versions];
    if (input.SetAsDefault) setDefaultVersion(found, VersionId, call.now);
    return { PolicyVersion: { ...version, IsDefaultVersion: input.SetAsDefault ?? false } };
  },
  SetDefaultPolicyVersion: (input, call) => {
    setDefaultVersion(findOwnPolicy(iam(call), input.PolicyArn), input.VersionId, call.now);
    return {};
  },
  DeletePolicyVersion: (input, call) => {
    const found = findOwnPolicy(iam(call), input.PolicyArn);
    if (found.policy.DefaultVersionId === input.VersionId) {
      throw new AwsError("DeleteConflict", "Cannot delete the default version of a policy.", 409);
    }
    found.versions = found.versions.filter((one) => one.VersionId !== input.VersionId);
    return {};
  },
  DeletePolicy: (input, call) => {
    const state = iam(call);
    const { policy, versions } = findOwnPolicy(state, input.PolicyArn);
    if (versions.length > 1 || countAttachments(state).has(policy.Arn)) {
      throw new AwsError("DeleteConflict", "Cannot delete a policy attached to entities.", 409);
    }
    state.policies.delete(policy.Arn);
    return {};
  },
} satisfies Operations<typeof import("@aws-sdk/client-iam")>;

export function isAwsManaged({ policy }: PolicyState): boolean {
  return policy.Arn.startsWith("arn:aws:iam::aws:");
}

/** How many users, groups and roles each attached policy has. */
export function countAttachments(state: IamState): Map<string, number> {
  const counts = new Map<string, number>();
  for (const holders of [state.users, state.groups, state.roles]) {
    for (const { attached } of holders.values()) {
      for (const arn of attached) counts.set(arn, (counts.get(arn) ?? 0) + 1);
    }
  }
  return counts;
}

export function describePolicy({ policy }: PolicyState, counts: Map<string, number>): Policy {
  const { Tags: _, ...rest } = policy;
  return { ...rest, AttachmentCount: counts.get(policy.Arn) ?? 0, PermissionsBoundaryUsageCount: 0 };
}

function findOwnPolicy(state: IamState, arn: string | undefined): PolicyState {
  const found = findPolicy(state, arn);
  if (isAwsManaged(found)) {
    throw new AwsError("AccessDenied", "Policies managed by AWS can't be changed.", 403);
  }
  return found;
}

function setDefaultVersion(found: PolicyState, versionId: string | undefined, now: Date): void {
  if (!found.versions.some((one) => one.VersionId === versionId)) {
    throw noSuchEntity(`Policy ${found.policy.Arn} version ${versionId} does not exist.`);
  }
  found.policy.DefaultVersionId = versionId;
  found.policy.UpdateDate = now;
  for (const version of found.versions) version.IsDefaultVersion = version.VersionId === versionId;
}
