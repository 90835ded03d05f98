import { judgeInlinePolicies } from "#lib/checks/aws/inline-policies.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const groupInlineAdmin = defineCheck({
  id: "aws.iam.group-inline-admin",
  title: "Group has no inline policy that makes administrators",
  severity: "high",
  resource: "aws.iam.group",
  permissions: ["iam:GetAccountAuthorizationDetails"],
  risk: "An inline policy shows up in no list of policies, so full rights given this way are easily overlooked. Every member of the group, now and later, then owns the account.",
  remediation: {
    text: "Replace the inline policy by a managed one with the permissions really used.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
    console: [
      "Open the group in the IAM console, Permissions.",
      "Attach a managed policy with what is really needed.",
      "Remove the inline policy.",
    ],
    cli: "aws iam delete-group-policy --group-name {name} --policy-name POLICY_NAME",
    terraform: `resource "aws_iam_group_policy_attachment" "this" {
  group      = "{name}"
  policy_arn = aws_iam_policy.narrow.arn
}`,
  },
  evaluate: ({ inlinePolicies }) => judgeInlinePolicies(inlinePolicies),
});
