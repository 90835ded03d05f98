import { findAdminGrant } from "#lib/checks/aws/admin-policy.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const policyNoAdmin = defineCheck({
  id: "aws.iam.policy-no-admin",
  title: "No attached policy makes administrators",
  severity: "high",
  resource: "aws.iam.policy",
  permissions: ["iam:GetAccountAuthorizationDetails"],
  risk: "Whoever has such a policy, or steals a session of someone who has, may do everything in the account. Few people and no programs need that.",
  remediation: {
    text: "Replace the policy by one with the permissions really used; Access Analyzer can draft it from CloudTrail.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_policy-validation.html",
    console: [
      "Open the policy in the IAM console, Entities attached.",
      "Attach narrower policies to these users, groups and roles.",
      "Detach this one.",
    ],
    cli: "aws iam list-entities-for-policy --policy-arn {uid}  # then detach-user-policy, detach-group-policy or detach-role-policy",
    terraform: `data "aws_iam_policy_document" "this" {
  statement {
    actions   = ["s3:GetObject"] # what is really needed
    resources = ["arn:aws:s3:::example/*"]
  }
}`,
  },
  evaluate: ({ attachmentCount, document }) => {
    if (attachmentCount === 0) return pass();
    const grant = document === undefined ? undefined : findAdminGrant(document);
    if (grant === undefined) return unknown("policy document");
    const times = attachmentCount === 1 ? "once" : `${attachmentCount} times`;
    return grant === null
      ? pass()
      : fail(`The policy allows ${grant.what}, and is attached ${times}.`, `/document${grant.pointer}`);
  },
});
