import type { AttachedPolicy } from "@aws-sdk/client-iam";
import type { Call } from "../../model.ts";
import type { Operations } from "../operations.ts";
import { encodeDocument, readDocument } from "./documents.ts";
import {
  findGroup,
  findPolicy,
  findRole,
  findUser,
  type IamState,
  iam,
  noSuchEntity,
  type Permissions,
  pageOf,
} from "./state.ts";

type Named = { UserName?: string; RoleName?: string; GroupName?: string };
type PageInput = { Marker?: string; MaxItems?: number };
type PolicyInput = { PolicyName?: string; PolicyDocument?: string };

const ofUser = (input: Named, call: Call) => findUser(iam(call), input.UserName);
const ofRole = (input: Named, call: Call) => findRole(iam(call), input.RoleName);
const ofGroup = (input: Named, call: Call) => findGroup(iam(call), input.GroupName);

/** Policies of users, roles and groups, attached and inline. */
export const permissionHandlers = {
  ListAttachedUserPolicies: (input, call) => listAttached(ofUser(input, call), input, call),
  ListAttachedRolePolicies: (input, call) => listAttached(ofRole(input, call), input, call),
  ListAttachedGroupPolicies: (input, call) => listAttached(ofGroup(input, call), input, call),

  AttachUserPolicy: (input, call) => attach(ofUser(input, call), input.PolicyArn, call),
  AttachRolePolicy: (input, call) => attach(ofRole(input, call), input.PolicyArn, call),
  AttachGroupPolicy: (input, call) => attach(ofGroup(input, call), input.PolicyArn, call),
  DetachUserPolicy: (input, call) => detach(ofUser(input, call), input.PolicyArn),
  DetachRolePolicy: (input, call) => detach(ofRole(input, call), input.PolicyArn),
  DetachGroupPolicy: (input, call) => detach(ofGroup(input, call), input.PolicyArn),

  ListUserPolicies: (input, call) => listInline(ofUser(input, call), input),
  ListRolePolicies: (input, call) => listInline(ofRole(input, call), input),
  ListGroupPolicies: (input, call) => listInline(ofGroup(input, call), input),
  GetUserPolicy: (input, call) => ({ UserName: input.UserName, ...getInline(ofUser(input, call), input) }),
  GetRolePolicy: (input, call) => ({ RoleName: input.RoleName, ...getInline(ofRole(input, call), input) }),
  GetGroupPolicy: (input, call) => ({
    GroupName: input.GroupName,
    ...getInline(ofGroup(input, call), input),
  }),
  PutUserPolicy: (input, call) => putInline(ofUser(input, call), input),
  PutRolePolicy: (input, call) => putInline(ofRole(input, call), input),
  PutGroupPolicy: (input, call) => putInline(ofGroup(input, call), input),
  DeleteUserPolicy: (input, call) => deleteInline(ofUser(input, call), input),
  DeleteRolePolicy: (input, call) => deleteInline(ofRole(input, call), input),
  DeleteGroupPolicy: (input, call) => deleteInline(ofGroup(input, call), input),
} satisfies Operations<typeof import("@aws-sdk/client-iam")>;

export function describeAttached(state: IamState, { attached }: Permissions): AttachedPolicy[] {
  return [...attached].map((PolicyArn) => ({
    PolicyName: findPolicy(state, PolicyArn).policy.PolicyName,
    PolicyArn,
  }));
}

function listAttached(holder: Permissions, input: PageInput, call: Call) {
  const attached = describeAttached(iam(call), holder);
  const { items, ...rest } = pageOf(attached, input, (policy) => policy.PolicyArn);
  return { AttachedPolicies: items, ...rest };
}

function attach(holder: Permissions, arn: string | undefined, call: Call) {
  holder.attached.add(findPolicy(iam(call), arn).policy.Arn);
  return {};
}

function detach(holder: Permissions, arn: string | undefined) {
  if (!holder.attached.delete(arn ?? "")) throw noSuchEntity(`Policy ${arn} was not found.`);
  return {};
}

function listInline(holder: Permissions, input: PageInput) {
  const { items, ...rest } = pageOf(holder.inline.keys(), input, (name) => name);
  return { PolicyNames: items, ...rest };
}

function getInline(holder: Permissions, { PolicyName = "" }: PolicyInput) {
  const document = holder.inline.get(PolicyName);
  if (document === undefined) throw noSuchEntity(`The policy with name ${PolicyName} cannot be found.`);
  return { PolicyName, PolicyDocument: encodeDocument(document) };
}

function putInline(holder: Permissions, { PolicyName = "", PolicyDocument }: PolicyInput) {
  holder.inline.set(PolicyName, readDocument(PolicyDocument));
  return {};
}

function deleteInline(holder: Permissions, { PolicyName = "" }: PolicyInput) {
  if (!holder.inline.delete(PolicyName)) {
    throw noSuchEntity(`The policy with name ${PolicyName} cannot be found.`);
  }
  return {};
}
