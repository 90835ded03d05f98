import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const tableCmek = defineCheck({
  id: "gcp.bigquery.table-cmek",
  title: "BigQuery table is encrypted with a customer-managed key",
  severity: "low",
  resource: "gcp.bigquery.table",
  permissions: ["bigquery.datasets.get", "bigquery.tables.list", "bigquery.tables.get"],
  risk: "A key of Google's can neither be withdrawn nor its use be audited. With a key of your own, the data can be made unreadable at once.",
  remediation: {
    text: "Copy the table over itself with a Cloud KMS key, and set a default key on the dataset for tables to come.",
    url: "https://docs.cloud.google.com/bigquery/docs/customer-managed-encryption",
    console: [
      "Open the table in BigQuery, Copy.",
      "Advanced options, Encryption, Cloud KMS key, and choose a key of the table's location.",
      "Copy, then put the copy in the table's place.",
    ],
    cli: "bq cp -f --destination_kms_key KEY {account}:{name} {account}:{name}",
    terraform: `resource "google_bigquery_table" "this" {
  dataset_id = "DATASET"
  table_id   = "{id}"
  encryption_configuration {
    kms_key_name = "KEY"
  }
}`,
  },
  evaluate: ({ type, kmsKey }) => {
    // Views and external tables hold no data of their own.
    if (!["TABLE", "SNAPSHOT", "MATERIALIZED_VIEW"].includes(type)) return pass();
    if (kmsKey === undefined) return unknown("encryption of the table");
    return kmsKey === null ? fail("The table is encrypted with a key of Google's.", "/kmsKey") : pass();
  },
});
