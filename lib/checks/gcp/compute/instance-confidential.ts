import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const instanceConfidential = defineCheck({
  id: "gcp.compute.instance-confidential",
  title: "Instance encrypts its memory (Confidential VM)",
  severity: "low",
  resource: "gcp.compute.instance",
  permissions: ["compute.instances.list"],
  risk: "Memory that is not encrypted can be read by whoever controls the host. For card data and keys in use that is the one place where they lie open.",
  remediation: {
    text: "Make instances with sensitive work anew as Confidential VMs, on a machine type with AMD SEV, SEV-SNP or Intel TDX. It can't be changed on an existing one.",
    url: "https://docs.cloud.google.com/confidential-computing/confidential-vm/docs/create-a-confidential-vm-instance",
    console: [
      "Create an instance on a machine type that supports Confidential VM.",
      "Security, Confidential VM service: Enable, and choose the technology.",
      "Move the work over, and delete the old instance.",
    ],
    cli: "gcloud compute instances create NEW_NAME --zone ZONE --project {account} --machine-type n2d-standard-2 --confidential-compute-type SEV --maintenance-policy TERMINATE",
    terraform: `resource "google_compute_instance" "this" {
  # …
  machine_type = "n2d-standard-2"

  confidential_instance_config {
    confidential_instance_type = "SEV"
  }
}`,
  },
  evaluate: ({ confidential }) => {
    if (confidential === undefined) return unknown("confidential computing");
    return confidential === null ? fail("The instance's memory is not encrypted.", "/confidential") : pass();
  },
});
