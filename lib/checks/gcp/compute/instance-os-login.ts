import { isGkeNode, settingOf } from "#lib/checks/gcp/instances.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const instanceOsLogin = defineCheck({
  id: "gcp.compute.instance-os-login",
  title: "Instance uses OS Login",
  severity: "medium",
  resource: "gcp.compute.instance",
  context: ["gcp.compute.project"],
  permissions: ["compute.instances.list", "compute.projects.get"],
  risk: "Without OS Login, SSH keys in metadata decide who gets in, and they stay when people leave. With it, access follows IAM and is logged by person.",
  remediation: {
    text: "Turn OS Login on for the project, and remove the entry by which an instance turns it off.",
    url: "https://docs.cloud.google.com/compute/docs/oslogin/set-up-oslogin",
    console: [
      "Edit the instance in the Compute Engine console.",
      "Metadata: remove enable-oslogin, or set it to TRUE.",
      "Save.",
    ],
    cli: "gcloud compute instances add-metadata {name} --zone ZONE --project {account} --metadata enable-oslogin=TRUE",
    terraform: `resource "google_compute_instance" "this" {
  # …
  metadata = {
    enable-oslogin = "TRUE"
  }
}`,
  },
  evaluate: ({ metadata }, { resource, related }) => {
    if (!metadata) return unknown("metadata");
    if (isGkeNode(resource)) return pass();
    const project = related.of("gcp.compute.project").items[0]?.config;
    const setting = settingOf("enableOslogin", metadata, project?.metadata ?? null);
    if (!setting) return unknown("metadata of the project");
    if (setting.on) return pass();
    return fail(
      setting.from === "instance"
        ? `The instance's metadata have enable-oslogin ${metadata.enableOslogin}.`
        : "Neither the instance's metadata nor the project's turn OS Login on.",
      "/metadata/enableOslogin",
    );
  },
});
