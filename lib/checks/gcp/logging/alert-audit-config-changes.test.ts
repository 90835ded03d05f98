import { alertExamples } from "#lib/checks/gcp/log-alerts.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { alertAuditConfigChanges } from "./alert-audit-config-changes.ts";

const { passes, fails, unknowns } = alertExamples(
  "audit-config",
  "changes of the audit configuration",
  "custom-role",
);

testCheck(alertAuditConfigChanges, {
  pass: [...passes],
  fail: [...fails],
  unknown: [...unknowns],
});
