import { isTrue, settingOf } from "#lib/checks/gcp/instances.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const instanceProjectSshKeys = defineCheck({
  id: "gcp.compute.instance-project-ssh-keys",
  title: "Instance does not take the project's SSH keys",
  severity: "low",
  resource: "gcp.compute.instance",
  context: ["gcp.compute.project"],
  permissions: ["compute.instances.list", "compute.projects.get"],
  risk: "A key in the project's metadata opens every instance that takes them. One lost laptop is then a login to the whole fleet.",
  remediation: {
    text: "Block project-wide SSH keys on the instance, or use OS Login, which takes no keys from metadata.",
    url: "https://docs.cloud.google.com/compute/docs/connect/restrict-ssh-keys",
    console: [
      "Edit the instance in the Compute Engine console.",
      "Security and access, SSH keys: choose Block project-wide SSH keys.",
      "Save.",
    ],
    cli: "gcloud compute instances add-metadata {name} --zone ZONE --project {account} --metadata block-project-ssh-keys=TRUE",
    terraform: `resource "google_compute_instance" "this" {
  # …
  metadata = {
    block-project-ssh-keys = "TRUE"
  }
}`,
  },
  evaluate: ({ metadata }, { related }) => {
    if (!metadata) return unknown("metadata");
    const { blockProjectSshKeys: value } = metadata;
    if (value !== null && isTrue(value)) return pass();
    const project = related.of("gcp.compute.project").items[0]?.config;
    const login = settingOf("enableOslogin", metadata, project?.metadata ?? null);
    if (!login) return unknown("metadata of the project");
    // Under OS Login the guest ignores all keys in metadata.
    if (login.on) return pass();
    return fail(
      "The instance takes the SSH keys in the project's metadata, and OS Login is off.",
      "/metadata/blockProjectSshKeys",
    );
  },
});
