import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const sinkBucketRetentionLock = defineCheck({
  id: "gcp.logging.sink-bucket-retention-lock",
  title: "Exported logs lie in a bucket with locked retention",
  severity: "medium",
  resource: "gcp.logging.sink",
  context: ["gcp.storage.bucket"],
  permissions: ["logging.sinks.list", "storage.buckets.list"],
  risk: "Whoever breaks in and can write to the bucket deletes the logs that show it. A locked retention policy keeps them from everybody, owners too, until their time is up.",
  remediation: {
    text: "Set a retention policy on the bucket, as long as you need the logs, and lock it. A lock can't be undone.",
    url: "https://docs.cloud.google.com/storage/docs/bucket-lock",
    console: [
      "Open the bucket that the sink writes to in Cloud Storage, Protection.",
      "Under Retention policy set how long objects are kept, Save.",
      "Lock, once you are sure of the period: it can be made longer afterwards, but never shorter.",
    ],
    cli: "gcloud storage buckets update gs://BUCKET --retention-period=1y && gcloud storage buckets update gs://BUCKET --lock-retention-period",
    terraform: `resource "google_storage_bucket" "logs" {
  name     = "BUCKET"
  location = "EU"
  retention_policy {
    is_locked        = true
    retention_period = 31536000
  }
}`,
  },
  evaluate: ({ destination }, { related }) => {
    const name = /^storage\.googleapis\.com\/(.+)$/.exec(destination)?.[1];
    if (name === undefined) return pass();
    // A bucket that isn't the project's own belongs to another, which this account's credentials don't speak for.
    const bucket = related.of("gcp.storage.bucket").items.find((item) => item.name === name);
    const policy = bucket?.config.retentionPolicy;
    if (policy === undefined) return unknown(`retention policy of the bucket ${name}`);
    if (policy === null) return fail(`The bucket ${name} has no retention policy.`, "/destination");
    return policy.isLocked
      ? pass()
      : fail(`The retention policy of the bucket ${name} is not locked.`, "/destination");
  },
});
