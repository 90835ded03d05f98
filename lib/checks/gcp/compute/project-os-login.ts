import { isTrue } from "#lib/checks/gcp/instances.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const projectOsLogin = defineCheck({
  id: "gcp.compute.project-os-login",
  title: "OS Login is on for the project",
  severity: "medium",
  resource: "gcp.compute.project",
  permissions: ["compute.projects.get"],
  risk: "Without OS Login, SSH keys in metadata decide who gets in, and they stay when people leave. With it, access follows IAM and is logged by person.",
  remediation: {
    text: "Turn OS Login on in the project's metadata, so that every instance has it that does not turn it off.",
    url: "https://docs.cloud.google.com/compute/docs/oslogin/set-up-oslogin",
    console: [
      "Open Metadata in the Compute Engine console.",
      "Edit, and add enable-oslogin with the value TRUE.",
      "Save.",
    ],
    cli: "gcloud compute project-info add-metadata --project {account} --metadata enable-oslogin=TRUE",
    terraform: `resource "google_compute_project_metadata_item" "oslogin" {
  key   = "enable-oslogin"
  value = "TRUE"
}`,
  },
  evaluate: ({ metadata }) => {
    if (!metadata) return unknown("metadata");
    const { enableOslogin: value } = metadata;
    if (value !== null && isTrue(value)) return pass();
    return fail(
      value === null
        ? "The project's metadata do not have enable-oslogin."
        : `The project's metadata have enable-oslogin ${value}.`,
      "/metadata/enableOslogin",
    );
  },
});
