import { isDefaultAccount, isGkeNode } from "#lib/checks/gcp/instances.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const instanceFullApiAccess = defineCheck({
  id: "gcp.compute.instance-full-api-access",
  title: "Default service account of an instance is limited in scope",
  severity: "high",
  resource: "gcp.compute.instance",
  permissions: ["compute.instances.list"],
  risk: "The default account with access to all APIs holds whatever the project's Editor may do, from reading every bucket to making keys. One hole in what runs on the instance hands all that over.",
  remediation: {
    text: "Give the instance a service account of its own with the roles it needs; if it has to keep the default one, limit the scopes to the APIs it calls. The instance has to be stopped for the change.",
    url: "https://docs.cloud.google.com/compute/docs/access/service-accounts",
    console: [
      "Stop the instance, then Edit it in the Compute Engine console.",
      "Identity and API access: choose a service account made for this instance, or Set access for each API.",
      "Save, and start the instance.",
    ],
    cli: "gcloud compute instances set-service-account {name} --zone ZONE --project {account} --service-account ACCOUNT --scopes cloud-platform",
    terraform: `resource "google_compute_instance" "this" {
  # …
  service_account {
    email  = google_service_account.this.email
    scopes = ["cloud-platform"]
  }
}`,
  },
  evaluate: ({ serviceAccounts }, { resource }) => {
    if (!serviceAccounts) return unknown("service account");
    const at = serviceAccounts.findIndex(
      ({ email, scopes }) => isDefaultAccount(email) && scopes.includes(allApis),
    );
    if (at < 0 || isGkeNode(resource)) return pass();
    return fail(
      `The instance runs as the default service account ${serviceAccounts[at]?.email} with access to all APIs.`,
      `/serviceAccounts/${at}/scopes`,
    );
  },
});

const allApis = "https://www.googleapis.com/auth/cloud-platform";
