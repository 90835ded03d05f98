import { alertExamples } from "#lib/checks/gcp/log-alerts.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { alertBucketIamChanges } from "./alert-bucket-iam-changes.ts";

const { passes, fails, unknowns } = alertExamples("bucket-iam", "changes of bucket permissions", "ownership");

testCheck(alertBucketIamChanges, {
  pass: [...passes],
  fail: [...fails],
  unknown: [...unknowns],
});
