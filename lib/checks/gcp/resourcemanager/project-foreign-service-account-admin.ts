import {
  describeGrant,
  grantsOf,
  isAdminRole,
  isServiceAgent,
  serviceAccountOf,
} from "#lib/checks/gcp/grants.ts";
import { listWords } from "#lib/checks/gcp/words.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const projectForeignServiceAccountAdmin = defineCheck({
  id: "gcp.resourcemanager.project-foreign-service-account-admin",
  title: "No service account from elsewhere administers the project",
  severity: "high",
  resource: "gcp.resourcemanager.project",
  dependsOnTime: true,
  permissions: ["resourcemanager.projects.get", "resourcemanager.projects.getIamPolicy"],
  risk: "Whoever takes over the other project, or the cluster that the account runs in, runs this one too. Nothing here shows what happens to that account's keys.",
  remediation: {
    text: "Give the account narrower roles for what it really does here, or have the work done by an account of this project.",
    url: "https://docs.cloud.google.com/iam/docs/best-practices-service-accounts",
    console: [
      "Open IAM & Admin, IAM, and find the service account under View by principals.",
      "Edit the principal: add the roles that its work needs.",
      "Remove the administrator role, Save.",
    ],
    cli: "gcloud projects remove-iam-policy-binding {account} --member=serviceAccount:EMAIL --role=ROLE",
    terraform: `resource "google_project_iam_member" "this" {
  project = "{account}"
  role    = "roles/storage.objectViewer" # what is really needed
  member  = "serviceAccount:EMAIL"
}`,
  },
  evaluate: ({ bindings, number }, { resource, asOf }) => {
    if (!bindings) return unknown("IAM policy");
    const grants = grantsOf(bindings, asOf).flatMap((grant) => {
      const email = serviceAccountOf(grant.member);
      if (email === null || !isAdminRole(grant.role) || isServiceAgent(email)) return [];
      return [{ ...grant, isOwn: belongsTo(email, resource.account, number) }];
    });
    const foreign = grants.filter(({ isOwn }) => isOwn === false);
    if (foreign.length > 0)
      return fail(`${listWords(foreign.map(describeGrant))}.`, ...new Set(foreign.map(({ path }) => path)));
    return grants.some(({ isOwn }) => isOwn === undefined) ? unknown("project number") : pass();
  },
});

/** Whether the account is the project's own, which is another check's concern; `undefined` without the number. */
function belongsTo(email: string, project: string, number: string | undefined): boolean | undefined {
  const [name = "", domain = ""] = email.split("@");
  if (domain === "developer.gserviceaccount.com")
    return number === undefined ? undefined : name === `${number}-compute`;
  if (domain === "appspot.gserviceaccount.com") return name === project;
  // A project of a domain's, such as `example.com:p`, has it the other way round: `p.example.com.iam…`.
  const host = project.includes(":") ? project.split(":").reverse().join(".") : project;
  return domain === `${host}.iam.gserviceaccount.com`;
}
