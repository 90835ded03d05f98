import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const datasetDefaultCmek = defineCheck({
  id: "gcp.bigquery.dataset-default-cmek",
  title: "BigQuery dataset has a default customer-managed key",
  severity: "low",
  resource: "gcp.bigquery.dataset",
  permissions: ["bigquery.datasets.get"],
  risk: "New tables are encrypted with keys of Google's, which you can neither withdraw nor audit the use of, unless everyone who makes one remembers to name yours.",
  remediation: {
    text: "Set a default Cloud KMS key on the dataset; it applies to tables made from then on.",
    url: "https://docs.cloud.google.com/bigquery/docs/customer-managed-encryption",
    console: [
      "Open the dataset in BigQuery, Edit details.",
      "Default encryption, Cloud KMS key, and choose a key of the dataset's location.",
      "Save.",
    ],
    cli: "bq update --default_kms_key KEY {account}:{name}",
    terraform: `resource "google_bigquery_dataset" "this" {
  dataset_id = "{name}"
  location   = "{region}"
  default_encryption_configuration {
    kms_key_name = "KEY"
  }
}`,
  },
  evaluate: ({ type, defaultKmsKey }) => {
    if (defaultKmsKey) return pass();
    if (type === undefined) return unknown("type of the dataset");
    // A dataset shared by somebody else, or read from another system, holds no tables of its own.
    if (type !== "DEFAULT") return pass();
    return defaultKmsKey === undefined
      ? unknown("default encryption")
      : fail("New tables are encrypted with keys of Google's.", "/defaultKmsKey");
  },
});
