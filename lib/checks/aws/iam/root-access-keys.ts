import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const rootAccessKeys = defineCheck({
  id: "aws.iam.root-access-keys",
  title: "Root has no access keys",
  severity: "critical",
  resource: "aws.account",
  permissions: ["iam:GetAccountSummary"],
  risk: "A root key may do everything in the account, and no policy can limit it. Whoever finds one owns the account.",
  remediation: {
    text: "Delete root's access keys, and use roles for what they were used for.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-tasks.html",
    console: [
      "Sign in as root.",
      "Account name, Security credentials, Access keys.",
      "Deactivate each key, see that nothing breaks, then Delete.",
    ],
    cli: "aws iam delete-access-key --access-key-id ACCESS_KEY_ID  # with root's own credentials",
    terraform: `resource "aws_iam_organizations_features" "this" {
  # In the organization's management account: lets root credentials of members be deleted centrally.
  enabled_features = ["RootCredentialsManagement"]
}`,
  },
  evaluate: ({ summary, rootCredentials }) => {
    // The summary is live, while the credential report may be hours old.
    if (summary)
      return summary.rootAccessKeysPresent
        ? fail("Root has an access key.", "/summary/rootAccessKeysPresent")
        : pass();
    if (!rootCredentials) return unknown("account summary");
    return rootCredentials.accessKeys.length
      ? fail(
          `Root has ${rootCredentials.accessKeys.length === 1 ? "an access key" : "two access keys"}.`,
          "/rootCredentials/accessKeys",
        )
      : pass();
  },
});
