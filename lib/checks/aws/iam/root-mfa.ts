import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const rootMfa = defineCheck({
  id: "aws.iam.root-mfa",
  title: "Root signs in with MFA",
  severity: "critical",
  resource: "aws.account",
  permissions: ["iam:GetAccountSummary"],
  risk: "Without a second factor, root's password alone, or its mailbox, is enough to take over the whole account. Nothing in the account can stop root.",
  remediation: {
    text: "Register an MFA device for root, best a passkey or hardware key kept in a safe; or delete root's credentials centrally.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/enable-mfa-for-root.html",
    console: [
      "Sign in as root.",
      "Account name, Security credentials, Multi-factor authentication.",
      "Assign MFA device, and follow the steps.",
    ],
    cli: "aws iam enable-mfa-device --user-name root --serial-number arn:aws:iam::{account}:mfa/root-account-mfa-device --authentication-code1 CODE1 --authentication-code2 CODE2  # with root's own credentials",
    terraform: `resource "aws_iam_organizations_features" "this" {
  # Root's MFA can't be set by Terraform. In an organization, members' root credentials can be deleted instead.
  enabled_features = ["RootCredentialsManagement"]
}`,
  },
  evaluate: ({ summary, rootCredentials }) => {
    if (summary) {
      // Where root's credentials were deleted centrally, there is nothing left for a second factor to protect.
      const noCredentials = summary.rootPasswordPresent === false && !summary.rootAccessKeysPresent;
      return summary.rootMfaEnabled || noCredentials
        ? pass()
        : fail("Root has no MFA device.", "/summary/rootMfaEnabled");
    }
    if (!rootCredentials) return unknown("account summary");
    const noCredentials = !rootCredentials.passwordEnabled && rootCredentials.accessKeys.length === 0;
    return rootCredentials.mfaActive || noCredentials
      ? pass()
      : fail("Root has no MFA device.", "/rootCredentials/mfaActive");
  },
});
