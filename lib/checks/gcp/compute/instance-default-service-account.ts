import { isDefaultAccount, isGkeNode } from "#lib/checks/gcp/instances.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const instanceDefaultServiceAccount = defineCheck({
  id: "gcp.compute.instance-default-service-account",
  title: "Instance does not run as the default service account",
  severity: "medium",
  resource: "gcp.compute.instance",
  permissions: ["compute.instances.list"],
  risk: "The default account often has the Editor role on the whole project. Whoever gets into the instance then speaks for all of it.",
  remediation: {
    text: "Give the instance a service account of its own, with just the roles that its work needs. The instance has to be stopped for the change.",
    url: "https://docs.cloud.google.com/compute/docs/access/service-accounts",
    console: [
      "Stop the instance, then Edit it in the Compute Engine console.",
      "Identity and API access: choose a service account made for this instance.",
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
    const at = serviceAccounts.findIndex(({ email }) => isDefaultAccount(email));
    if (at < 0 || isGkeNode(resource)) return pass();
    return fail(
      `The instance runs as the default service account ${serviceAccounts[at]?.email}.`,
      `/serviceAccounts/${at}/email`,
    );
  },
});
