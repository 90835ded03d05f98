import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const bucketUniformAccess = defineCheck({
  id: "gcp.storage.bucket-uniform-access",
  title: "Cloud Storage bucket leaves access to IAM alone",
  severity: "medium",
  resource: "gcp.storage.bucket",
  permissions: ["storage.buckets.list"],
  risk: "With ACLs beside IAM, any single object can be opened by whoever wrote it, and nobody reviewing the bucket's policy sees that.",
  remediation: {
    text: "Turn on uniform bucket-level access; what ACLs granted and is still needed, grant by IAM first.",
    url: "https://docs.cloud.google.com/storage/docs/uniform-bucket-level-access",
    console: [
      "Open the bucket in Cloud Storage, Permissions.",
      "Access control, Switch to uniform.",
      "Add project role ACLs to the bucket IAM policy if needed, then Save.",
    ],
    cli: "gcloud storage buckets update gs://{name} --uniform-bucket-level-access",
    terraform: `resource "google_storage_bucket" "this" {
  name                        = "{name}"
  location                    = "{region}"
  uniform_bucket_level_access = true
}`,
  },
  evaluate: ({ uniformAccess }) =>
    uniformAccess === undefined
      ? unknown("uniform bucket-level access")
      : uniformAccess
        ? pass()
        : fail("ACLs of single objects count beside IAM.", "/uniformAccess"),
});
