import type { GroupDetail, RoleDetail, UserDetail } from "@aws-sdk/client-iam";
import { readAhead, readAndUnread, required } from "../answers.ts";
import type { Resource } from "../model.ts";
import type { AwsCollector, AwsContext } from "./collector.ts";
import type { Credentials } from "./iam.kinds.ts";
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
import { credentialPermissions, readCredentials, secondOf } from "./iam-credentials.ts";

/** Up to how many users an account may have to be read one by one: some five calls each, where a report takes two. */
const maxReadDirectly = 200;

/**
 * Users come with their row of the credential report, if that was made just now. One that was there already may be hours
 * old, and a user's own credentials are then read instead: of all in a small account, so that a fix shows at the next
 * scan, and of those that have no row yet in a large one.
 */
export const users: AwsCollector<"aws.iam.user"> = {
  kind: "aws.iam.user",
  cloud: "aws",
  service: "iam",
  scope: "global",
  permissions: [authorizationDetails, ...credentialReportPermissions, ...credentialPermissions],
  async *collect(context) {
    const report = await readCredentialReport(context);
    const found = entitiesOf(context, ["User"], (page) => page.UserDetailList);
    if (!report || report.isNew) {
      yield* context.each(found, (user) => describeUser(context, user, report, true));
      return;
    }
    const { items, isWhole } = await readAhead(found, maxReadDirectly);
    yield* context.each(items, (user) => describeUser(context, user, report, !isWhole));
  },
};

async function describeUser(
  context: AwsContext,
  user: UserDetail,
  report: CredentialReport | undefined,
  rowsCount: boolean,
): Promise<Resource<"aws.iam.user">> {
  const common = iamResource(context, user.Arn, user.UserName, user.Tags);
  const credentials = report && (await credentialsOf(context, common, user, report, rowsCount));
  const { read, unread } = readAndUnread({
    credentials,
    attachedPolicies: attachedPoliciesOf(user.AttachedManagedPolicies),
    inlinePolicies: await readInlinePolicies(context, common.uid, user.UserPolicyList),
    groups: [...(user.GroupList ?? [])].sort(),
    permissionsBoundaryArn: user.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
  });
  return { ...common, kind: "aws.iam.user", config: { ...originOf(user), ...read }, unread };
}

function credentialsOf(
  context: AwsContext,
  common: { uid: string; name: string },
  user: UserDetail,
  { users, generatedAt }: CredentialReport,
  rowsCount: boolean,
): Promise<Credentials | undefined> | Credentials {
  const row = users.get(common.uid);
  const createdAt = secondOf(user.CreateDate);
  // A deleted user's row stays in the report, and isn't that of another user with the same name.
  const isOfUser = row?.createdAt === null || createdAt === null || row?.createdAt === createdAt;
  if (!row || !isOfUser) return readCredentials(context, common, undefined);
  const { credentials } = row;
  return rowsCount ? credentials : readCredentials(context, common, { credentials, generatedAt });
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
