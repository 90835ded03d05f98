import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const passwordPolicyReuse = defineCheck({
  id: "aws.iam.password-policy-reuse",
  title: "The last 24 passwords can't be used again",
  severity: "low",
  resource: "aws.account",
  permissions: ["iam:GetAccountPasswordPolicy"],
  risk: "Where old passwords may come back, one that leaked last year may work again today. Remembering 24 ends the habit of rotating between two.",
  remediation: {
    text: "Set the account's password policy to remember 24 passwords.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html",
    console: [
      "Open Account settings in the IAM console.",
      "Password policy, Edit, Custom.",
      "Check Prevent password reuse and set it to 24, then Save changes.",
    ],
    cli: "aws iam update-account-password-policy --password-reuse-prevention 24  # name the other settings, too: those left out fall back to the default",
    terraform: `resource "aws_iam_account_password_policy" "this" {
  password_reuse_prevention = 24
}`,
  },
  evaluate: ({ passwordPolicy }) => {
    if (passwordPolicy === undefined) return unknown("password policy");
    if (passwordPolicy === null)
      return fail("There is no password policy, so any password can be used again.", "/passwordPolicy");
    const { reusePrevention } = passwordPolicy;
    if (reusePrevention === null)
      return fail("Any password can be used again.", "/passwordPolicy/reusePrevention");
    return reusePrevention >= 24
      ? pass()
      : fail(`Only the last ${reusePrevention} passwords are remembered.`, "/passwordPolicy/reusePrevention");
  },
});
