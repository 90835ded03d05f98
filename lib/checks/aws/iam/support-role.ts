import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const supportRole = defineCheck({
  id: "aws.iam.support-role",
  title: "A role exists for working with AWS Support",
  severity: "low",
  resource: "aws.account",
  context: ["aws.iam.role"],
  permissions: ["iam:GetAccountAuthorizationDetails"],
  risk: "When something goes wrong at night, nobody should first have to find someone with the rights to open a case. A role for it is also safer than using an administrator.",
  remediation: {
    text: "Create a role with the managed policy AWSSupportAccess, and let those assume it who handle incidents.",
    url: "https://docs.aws.amazon.com/awssupport/latest/user/accessing-support.html",
    console: [
      "Roles, Create role in the IAM console; trust the people who handle incidents.",
      "Attach AWSSupportAccess.",
      "Name the role and Create role.",
    ],
    cli: "aws iam attach-role-policy --role-name SUPPORT_ROLE --policy-arn arn:aws:iam::aws:policy/AWSSupportAccess",
    terraform: `resource "aws_iam_role_policy_attachment" "support" {
  role       = aws_iam_role.support.name
  policy_arn = "arn:aws:iam::aws:policy/AWSSupportAccess"
}`,
  },
  evaluate: (_account, { related }) => {
    const { items, complete } = related.of("aws.iam.role");
    let unread = !complete;
    for (const { config } of items) {
      if (!config.attachedPolicies) unread = true;
      else if (
        config.attachedPolicies.some(({ arn }) => /^arn:[^:]+:iam::aws:policy\/AWSSupportAccess$/.test(arn))
      )
        return pass();
    }
    return unread ? unknown("roles and their policies") : fail("No role has the policy AWSSupportAccess.");
  },
});
