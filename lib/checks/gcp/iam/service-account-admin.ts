import { grantsOf, isAdminRole } from "#lib/checks/gcp/grants.ts";
import { listWords } from "#lib/checks/gcp/words.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const serviceAccountAdmin = defineCheck({
  id: "gcp.iam.service-account-admin",
  title: "Service account does not administer its project",
  severity: "high",
  resource: "gcp.iam.service-account",
  context: ["gcp.resourcemanager.project"],
  dependsOnTime: true,
  permissions: ["iam.serviceAccounts.list", "resourcemanager.projects.getIamPolicy"],
  risk: "Whoever runs code as the account, or gets hold of its key, runs the project. Software needs a few permissions of a few services, and default accounts come with nearly all of them.",
  remediation: {
    text: "Replace the role by narrower ones for what the software really does; role recommendations show what was used in the last 90 days.",
    url: "https://docs.cloud.google.com/policy-intelligence/docs/role-recommendations-overview",
    console: [
      "Open IAM & Admin, IAM, and find the service account under View by principals.",
      "Look at the recommendation beside its role, and edit the principal: add what is needed.",
      "Remove the administrator role, Save.",
    ],
    cli: "gcloud projects remove-iam-policy-binding {account} --member=serviceAccount:{name} --role=ROLE",
    terraform: `resource "google_project_iam_member" "this" {
  project = "{account}"
  role    = "roles/storage.objectViewer" # what is really needed
  member  = "serviceAccount:{name}"
}`,
  },
  evaluate: ({ email }, { related, asOf }) => {
    const bindings = related.of("gcp.resourcemanager.project").items[0]?.config.bindings;
    if (!bindings) return unknown("IAM policy of the project");
    const roles = grantsOf(bindings, asOf)
      .filter(({ member, role }) => member === `serviceAccount:${email}` && isAdminRole(role))
      .map(({ role, isConditional }) => `${role}${isConditional ? " (under a condition)" : ""}`);
    return roles.length === 0 ? pass() : fail(`The account has ${listWords(roles)} on the project.`);
  },
});
