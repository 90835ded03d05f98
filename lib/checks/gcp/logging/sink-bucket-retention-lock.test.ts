import { testCheck } from "#lib/checks/test-check.ts";
import { sinkBucketRetentionLock } from "./sink-bucket-retention-lock.ts";

const to = (destination: string) => ({ destination, filter: null, disabled: false, exclusions: [] });
const config = to("storage.googleapis.com/acme-logs");
const bucket = (
  retentionPolicy?: { periodSeconds: number; isLocked: boolean } | null,
  name = "acme-logs",
) => ({
  kind: "gcp.storage.bucket" as const,
  name,
  config: {
    createdAt: null,
    storageClass: null,
    ...(retentionPolicy === undefined ? {} : { retentionPolicy }),
  },
});

testCheck(sinkBucketRetentionLock, {
  pass: [
    { config, related: [bucket({ periodSeconds: 86_400, isLocked: true })] },
    { config: to("bigquery.googleapis.com/projects/acme/datasets/logs"), related: [bucket(null)] },
    { config: to("logging.googleapis.com/projects/acme/locations/global/buckets/_Default") },
  ],
  fail: [
    [{ config, related: [bucket(null)] }, "The bucket acme-logs has no retention policy."],
    [
      { config, related: [bucket(null, "other"), bucket({ periodSeconds: 86_400, isLocked: false })] },
      "The retention policy of the bucket acme-logs is not locked.",
    ],
  ],
  unknown: [{ config }, { config, related: [bucket()] }, { config, related: [bucket(null, "other")] }],
});
