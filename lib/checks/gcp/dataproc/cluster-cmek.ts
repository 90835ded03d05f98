import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const clusterCmek = defineCheck({
  id: "gcp.dataproc.cluster-cmek",
  title: "Dataproc cluster's disks have a customer-managed key",
  severity: "low",
  resource: "gcp.dataproc.cluster",
  permissions: ["compute.regions.list", "dataproc.clusters.list"],
  risk: "A cluster's disks keep what its jobs read and shuffle. Under a key of Google's, that can neither be withdrawn nor its use be audited.",
  remediation: {
    text: "Make the cluster anew with a Cloud KMS key for its disks; a running one can't be given another.",
    url: "https://docs.cloud.google.com/dataproc/docs/concepts/configuring-clusters/customer-managed-encryption",
    console: [
      "Dataproc, Clusters, Create cluster, on Compute Engine.",
      "Manage security, Encryption, Cloud KMS key, and choose a key of the cluster's region.",
      "Create, move the jobs over, and delete the old cluster.",
    ],
    cli: "gcloud dataproc clusters create NEW_NAME --region {region} --project {account} --gce-pd-kms-key KEY",
    terraform: `resource "google_dataproc_cluster" "this" {
  name   = "{name}"
  region = "{region}"
  cluster_config {
    encryption_config {
      kms_key_name = "KEY"
    }
  }
}`,
  },
  evaluate: ({ isVirtual, diskKmsKey }) => {
    // It runs on a GKE cluster, and has no disks of its own.
    if (isVirtual || diskKmsKey) return pass();
    return diskKmsKey === undefined
      ? unknown("encryption of the cluster")
      : fail("The disks are encrypted with a key of Google's.", "/diskKmsKey");
  },
});
