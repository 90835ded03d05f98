import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const diskCustomerKey = defineCheck({
  id: "gcp.compute.disk-customer-key",
  title: "Disk is encrypted with a key of the customer's own",
  severity: "low",
  resource: "gcp.compute.disk",
  permissions: ["compute.disks.list"],
  risk: "Google's own keys can neither be withdrawn nor watched. With a key of one's own, destroying or disabling it puts the data out of reach, copies and snapshots included.",
  remediation: {
    text: "Make disks with sensitive data from a snapshot under a Cloud KMS key, and delete the old ones. The key of an existing disk can't be set.",
    url: "https://docs.cloud.google.com/compute/docs/disks/customer-managed-encryption",
    console: [
      "Make a snapshot of the disk.",
      "Create a disk from it: Encryption, Cloud KMS key.",
      "Attach it in place of the old disk, and delete that.",
    ],
    cli: "gcloud compute disks create NEW_NAME --zone ZONE --project {account} --source-snapshot SNAPSHOT --kms-key projects/{account}/locations/{region}/keyRings/RING/cryptoKeys/KEY",
    terraform: `resource "google_compute_disk" "this" {
  # …
  disk_encryption_key {
    kms_key_self_link = google_kms_crypto_key.disks.id
  }
}`,
  },
  evaluate: ({ encryption }) => {
    if (!encryption) return unknown("encryption");
    return encryption === "google" ? fail("The disk is encrypted with Google's key.", "/encryption") : pass();
  },
});
