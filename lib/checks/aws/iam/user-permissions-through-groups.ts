import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const userPermissionsThroughGroups = defineCheck({
  id: "aws.iam.user-permissions-through-groups",
  title: "User gets permissions through groups alone",
  severity: "low",
  resource: "aws.iam.user",
  permissions: ["iam:GetAccountAuthorizationDetails"],
  risk: "Policies on single users are forgotten when people change jobs, and nobody sees who may do what. Groups keep that readable.",
  remediation: {
    text: "Put the user into a group with these policies, then detach and delete those on the user.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-attach-detach.html",
    console: [
      "Open the user in the IAM console, Groups, and add the user to a group with the policies needed.",
      "Permissions: remove each policy attached directly or inline.",
    ],
    cli: "aws iam add-user-to-group --user-name {name} --group-name GROUP && aws iam detach-user-policy --user-name {name} --policy-arn POLICY_ARN",
    terraform: `resource "aws_iam_user_group_membership" "this" {
  user   = "{name}"
  groups = [aws_iam_group.this.name]
}`,
  },
  evaluate: ({ attachedPolicies, inlinePolicies }) => {
    const attached = attachedPolicies ?? [];
    const inline = inlinePolicies ?? [];
    const names = [...attached, ...inline].map(({ name }) => name);
    if (names.length)
      return fail(
        `The user has ${names.length === 1 ? "the policy" : "the policies"} ${listNames(names)} of its own.`,
        ...attached.map((_, index) => `/attachedPolicies/${index}`),
        ...inline.map((_, index) => `/inlinePolicies/${index}`),
      );
    if (!attachedPolicies) return unknown("attached policies");
    return inlinePolicies ? pass() : unknown("inline policies");
  },
});

const listNames = (names: string[]) =>
  names.length > 4 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
