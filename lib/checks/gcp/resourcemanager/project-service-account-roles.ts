import { describeGrant, grantsOf, isPeople } from "#lib/checks/gcp/grants.ts";
import { listWords } from "#lib/checks/gcp/words.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

const roles = ["roles/iam.serviceAccountUser", "roles/iam.serviceAccountTokenCreator"];

export const projectServiceAccountRoles = defineCheck({
  id: "gcp.resourcemanager.project-service-account-roles",
  title: "People may not act as every service account of a project",
  severity: "high",
  resource: "gcp.resourcemanager.project",
  dependsOnTime: true,
  permissions: ["resourcemanager.projects.getIamPolicy"],
  risk: "Given for the whole project, these roles let a person become its most powerful service account, present or future. A stolen sign-in then reaches far more than the person's own roles say.",
  remediation: {
    text: "Grant the role on the one service account that a person has to act as, then remove it from the project.",
    url: "https://docs.cloud.google.com/iam/docs/service-account-permissions",
    console: [
      "Open the service account under IAM & Admin, Service accounts, Principals with access.",
      "Grant access: the person, with Service Account User or Token Creator.",
      "Under IAM, edit the person and remove the role from the project, Save.",
    ],
    cli: "gcloud projects remove-iam-policy-binding {account} --member=user:EMAIL --role=roles/iam.serviceAccountUser",
    terraform: `resource "google_service_account_iam_member" "this" {
  service_account_id = "projects/{account}/serviceAccounts/EMAIL"
  role               = "roles/iam.serviceAccountUser"
  member             = "group:deployers@example.com"
}`,
  },
  evaluate: ({ bindings }, { asOf }) => {
    if (!bindings) return unknown("IAM policy");
    const found = grantsOf(bindings, asOf).filter(
      ({ role, member }) => roles.includes(role) && isPeople(member),
    );
    return found.length === 0
      ? pass()
      : fail(`${listWords(found.map(describeGrant))}.`, ...new Set(found.map(({ path }) => path)));
  },
});
