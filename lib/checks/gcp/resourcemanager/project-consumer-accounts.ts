import { describeGrant, grantsOf } from "#lib/checks/gcp/grants.ts";
import { listWords } from "#lib/checks/gcp/words.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const projectConsumerAccounts = defineCheck({
  id: "gcp.resourcemanager.project-consumer-accounts",
  title: "Nobody reaches the project with a private Gmail account",
  severity: "high",
  resource: "gcp.resourcemanager.project",
  dependsOnTime: true,
  permissions: ["resourcemanager.projects.getIamPolicy"],
  risk: "The company can neither ask a private account for a second factor nor end its sessions when its owner leaves. Its password may be the one that was leaked elsewhere.",
  remediation: {
    text: "Have the person sign in with an account of your Cloud Identity or Workspace, and remove the private one.",
    url: "https://docs.cloud.google.com/iam/docs/using-iam-securely",
    console: [
      "Make the person an account at admin.google.com, Users.",
      "Open IAM & Admin, IAM, and Grant access to it with the roles needed.",
      "Remove the private account's roles.",
    ],
    cli: "gcloud projects remove-iam-policy-binding {account} --member=user:NAME@gmail.com --role=ROLE",
    terraform: `resource "google_project_iam_member" "this" {
  project = "{account}"
  role    = "roles/viewer"
  member  = "user:name@example.com" # your own domain
}`,
  },
  evaluate: ({ bindings }, { asOf }) => {
    if (!bindings) return unknown("IAM policy");
    const found = grantsOf(bindings, asOf).filter(({ member }) =>
      /^user:[^@]+@(gmail|googlemail)\.com$/i.test(member),
    );
    return found.length === 0
      ? pass()
      : fail(`${listWords(found.map(describeGrant))}.`, ...new Set(found.map(({ path }) => path)));
  },
});
