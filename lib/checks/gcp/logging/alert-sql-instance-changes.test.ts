import { alertExamples } from "#lib/checks/gcp/log-alerts.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { alertSqlInstanceChanges } from "./alert-sql-instance-changes.ts";

const { passes, fails, unknowns } = alertExamples(
  "sql-instance",
  "changes of Cloud SQL instances",
  "bucket-iam",
);

testCheck(alertSqlInstanceChanges, {
  pass: [...passes],
  fail: [...fails],
  unknown: [...unknowns],
});
