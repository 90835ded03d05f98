import { settingOf } from "#lib/checks/gcp/instances.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const instanceSerialPort = defineCheck({
  id: "gcp.compute.instance-serial-port",
  title: "Instance does not take connections to its serial port",
  severity: "medium",
  resource: "gcp.compute.instance",
  context: ["gcp.compute.project"],
  permissions: ["compute.instances.list", "compute.projects.get"],
  risk: "The interactive serial console can be reached from any address, past every firewall rule, by whoever has a key. It is a login prompt that network controls don't guard.",
  remediation: {
    text: "Turn the interactive serial console off in the instance's metadata, and in the project's if it is on there.",
    url: "https://docs.cloud.google.com/compute/docs/troubleshooting/troubleshooting-using-serial-console",
    console: [
      "Edit the instance in the Compute Engine console.",
      "Remote access: clear Enable connecting to serial ports, then Save.",
      "In Metadata, remove serial-port-enable from the project's entries.",
    ],
    cli: "gcloud compute instances add-metadata {name} --zone ZONE --project {account} --metadata serial-port-enable=FALSE",
    terraform: `resource "google_compute_instance" "this" {
  # …
  metadata = {
    serial-port-enable = "FALSE"
  }
}`,
  },
  evaluate: ({ metadata }, { related }) => {
    if (!metadata) return unknown("metadata");
    const project = related.of("gcp.compute.project").items[0]?.config;
    const setting = settingOf("serialPortEnable", metadata, project?.metadata ?? null);
    if (!setting) return unknown("metadata of the project");
    if (!setting.on) return pass();
    return fail(
      setting.from === "instance"
        ? "The instance's metadata have serial-port-enable on."
        : "The project's metadata have serial-port-enable on, and the instance does not turn it off.",
      "/metadata/serialPortEnable",
    );
  },
});
