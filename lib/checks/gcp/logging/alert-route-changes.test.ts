import { alertExamples } from "#lib/checks/gcp/log-alerts.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { alertRouteChanges } from "./alert-route-changes.ts";

const { passes, fails, unknowns } = alertExamples("route", "changes of routes", "network");

testCheck(alertRouteChanges, {
  pass: [...passes],
  fail: [...fails],
  unknown: [...unknowns],
});
