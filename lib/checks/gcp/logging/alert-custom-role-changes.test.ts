import { alertExamples } from "#lib/checks/gcp/log-alerts.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { alertCustomRoleChanges } from "./alert-custom-role-changes.ts";

const { passes, fails, unknowns } = alertExamples("custom-role", "changes of custom roles", "firewall");

testCheck(alertCustomRoleChanges, {
  pass: [...passes],
  fail: [...fails],
  unknown: [...unknowns],
});
