import { findJoinedDuties, grantsOf } from "#lib/checks/gcp/grants.ts";
import { listWords } from "#lib/checks/gcp/words.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const projectServiceAccountDuties = defineCheck({
  id: "gcp.resourcemanager.project-service-account-duties",
  title: "Nobody both manages service accounts and acts as them",
  severity: "medium",
  resource: "gcp.resourcemanager.project",
  dependsOnTime: true,
  permissions: ["resourcemanager.projects.getIamPolicy"],
  risk: "With both roles, one person can make a service account and use it, and no second pair of eyes sees it. What is done that way shows under the account's name, not the person's.",
  remediation: {
    text: "Leave Service Account Admin to those who manage accounts, and Service Account User to others, on the single accounts that they use.",
    url: "https://docs.cloud.google.com/iam/docs/service-account-permissions",
    console: [
      "Open IAM & Admin, IAM, and find the principal.",
      "Edit the principal, and remove Service Account Admin or Service Account User.",
      "Save.",
    ],
    cli: "gcloud projects remove-iam-policy-binding {account} --member=MEMBER --role=roles/iam.serviceAccountUser",
    terraform: `resource "google_project_iam_binding" "service_account_admins" {
  project = "{account}"
  role    = "roles/iam.serviceAccountAdmin"
  members = ["group:identity-admins@example.com"]
}`,
  },
  evaluate: ({ bindings }, { asOf }) => {
    if (!bindings) return unknown("IAM policy");
    const joined = findJoinedDuties(
      grantsOf(bindings, asOf),
      (role) => role === "roles/iam.serviceAccountAdmin",
      (role) => role === "roles/iam.serviceAccountUser",
    );
    if (joined.length === 0) return pass();
    const members = listWords(joined.map(({ member }) => member));
    return fail(
      `Both roles/iam.serviceAccountAdmin and roles/iam.serviceAccountUser are held by ${members}.`,
      ...new Set(joined.flatMap(({ first, second }) => [first.path, second.path])),
    );
  },
});
