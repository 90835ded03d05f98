import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const instanceShieldedVm = defineCheck({
  id: "gcp.compute.instance-shielded-vm",
  title: "Instance is a Shielded VM with vTPM and integrity monitoring",
  severity: "medium",
  resource: "gcp.compute.instance",
  permissions: ["compute.instances.list"],
  risk: "Without measured boot nobody notices a changed boot loader or kernel. A rootkit there survives whatever the operating system checks.",
  remediation: {
    text: "Turn on vTPM and integrity monitoring, and Secure Boot where no unsigned driver is needed. The instance has to be stopped, and its image has to support Shielded VM.",
    url: "https://docs.cloud.google.com/compute/shielded-vm/docs/modifying-shielded-vm",
    console: [
      "Stop the instance, then Edit it in the Compute Engine console.",
      "Shielded VM: turn on vTPM, integrity monitoring and, if possible, Secure Boot.",
      "Save, and start the instance.",
    ],
    cli: "gcloud compute instances update {name} --zone ZONE --project {account} --shielded-vtpm --shielded-integrity-monitoring --shielded-secure-boot",
    terraform: `resource "google_compute_instance" "this" {
  # …
  shielded_instance_config {
    enable_vtpm                 = true
    enable_integrity_monitoring = true
    enable_secure_boot          = true
  }
}`,
  },
  evaluate: ({ shielded }) => {
    if (shielded === undefined) return unknown("Shielded VM settings");
    if (shielded === null) return fail("The instance's image does not support Shielded VM.", "/shielded");
    const { vtpm, integrityMonitoring } = shielded;
    if (vtpm && integrityMonitoring) return pass();
    const off = [...(vtpm ? [] : ["vTPM"]), ...(integrityMonitoring ? [] : ["integrity monitoring"])];
    return fail(
      `The instance has no ${off.join(" and no ")}.`,
      ...(vtpm ? [] : ["/shielded/vtpm"]),
      ...(integrityMonitoring ? [] : ["/shielded/integrityMonitoring"]),
    );
  },
});
