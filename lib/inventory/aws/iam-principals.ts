import type { GroupDetail, RoleDetail, UserDetail } from "@aws-sdk/client-iam";
import { readAndUnread, required } from "../answers.ts";
import type { Resource } from "../model.ts";
import type { AwsCollector, AwsContext } from "./collector.ts";
import {
  attachedPoliciesOf,
  authorizationDetails,
  decodeDocument,
  entitiesOf,
  iamResource,
  originOf,
  readInlinePolicies,
} from "./iam-authorization.ts";
import {
  type CredentialReport,
  credentialReportPermissions,
  readCredentialReport,
} from "./iam-credential-report.ts";

export const users: AwsCollector<"aws.iam.user"> = {
  kind: "aws.iam.user",
  cloud: "aws",
  service: "iam",
  scope: "global",
  permissions: [authorizationDetails, ...credentialReportPermissions],
  async *collect(context) {
    const report = await readCredentialReport(context);
    const found = entitiesOf(context, ["User"], (page) => page.UserDetailList);
    yield* context.each(found, (user) => describeUser(context, user, report));
  },
};

async function describeUser(
  context: AwsContext,
  user: UserDetail,
  report: CredentialReport | undefined,
): Promise<Resource<"aws.iam.user">> {
  const common = iamResource(context, user.Arn, user.UserName, user.Tags);
  const { read, unread } = readAndUnread({
    credentials: report?.users.get(common.uid),
    attachedPolicies: attachedPoliciesOf(user.AttachedManagedPolicies),
    inlinePolicies: await readInlinePolicies(context, common.uid, user.UserPolicyList),
    groups: [...(user.GroupList ?? [])].sort(),
    permissionsBoundaryArn: user.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
  });
  return { ...common, kind: "aws.iam.user", config: { ...originOf(user), ...read }, unread };
}

export const roles: AwsCollector<"aws.iam.role"> = {
  kind: "aws.iam.role",
  cloud: "aws",
  service: "iam",
  scope: "global",
  permissions: [authorizationDetails],
  collect(context) {
    const found = entitiesOf(context, ["Role"], (page) => page.RoleDetailList);
    return context.each(found, (role) => describeRole(context, role));
  },
};

async function describeRole(context: AwsContext, role: RoleDetail): Promise<Resource<"aws.iam.role">> {
  const common = iamResource(context, role.Arn, role.RoleName, role.Tags);
  const trustPolicy = await context.read(common.uid, authorizationDetails, async () =>
    decodeDocument(role.AssumeRolePolicyDocument, "trust policy"),
  );
  const { read, unread } = readAndUnread({
    trustPolicy: trustPolicy ?? undefined,
    attachedPolicies: attachedPoliciesOf(role.AttachedManagedPolicies),
    inlinePolicies: await readInlinePolicies(context, common.uid, role.RolePolicyList),
    permissionsBoundaryArn: role.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
    instanceProfileArns: (role.InstanceProfileList ?? [])
      .map((profile) => required(profile.Arn, "InstanceProfile.Arn"))
      .sort(),
  });
  return { ...common, kind: "aws.iam.role", config: { ...originOf(role), ...read }, unread };
}

export const groups: AwsCollector<"aws.iam.group"> = {
  kind: "aws.iam.group",
  cloud: "aws",
  service: "iam",
  scope: "global",
  permissions: [authorizationDetails],
  collect(context) {
    const found = entitiesOf(context, ["Group"], (page) => page.GroupDetailList);
    return context.each(found, (group) => describeGroup(context, group));
  },
};

async function describeGroup(context: AwsContext, group: GroupDetail): Promise<Resource<"aws.iam.group">> {
  const common = iamResource(context, group.Arn, group.GroupName);
  const { read, unread } = readAndUnread({
    attachedPolicies: attachedPoliciesOf(group.AttachedManagedPolicies),
    inlinePolicies: await readInlinePolicies(context, common.uid, group.GroupPolicyList),
  });
  return { ...common, kind: "aws.iam.group", config: { ...originOf(group), ...read }, unread };
}
