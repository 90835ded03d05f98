import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const passwordPolicyLength = defineCheck({
  id: "aws.iam.password-policy-length",
  title: "Passwords have at least 14 characters",
  severity: "medium",
  resource: "aws.account",
  permissions: ["iam:GetAccountPasswordPolicy"],
  risk: "Short passwords are guessed by trying, and cracked at once when a hash leaks. Length is what makes that hopeless.",
  remediation: {
    text: "Set the account's password policy to a minimum of 14 characters.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html",
    console: [
      "Open Account settings in the IAM console.",
      "Password policy, Edit, Custom.",
      "Set Password minimum length to 14 or more, then Save changes.",
    ],
    cli: "aws iam update-account-password-policy --minimum-password-length 14  # name the other settings, too: those left out fall back to the default",
    terraform: `resource "aws_iam_account_password_policy" "this" {
  minimum_password_length = 14
}`,
  },
  evaluate: ({ passwordPolicy }) => {
    if (passwordPolicy === undefined) return unknown("password policy");
    if (passwordPolicy === null)
      return fail(
        "There is no password policy, so passwords of 8 characters are allowed.",
        "/passwordPolicy",
      );
    const { minimumLength } = passwordPolicy;
    return minimumLength >= 14
      ? pass()
      : fail(`The minimum length is ${minimumLength} characters.`, "/passwordPolicy/minimumLength");
  },
});
