import { alertExamples } from "#lib/checks/gcp/log-alerts.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { alertNetworkChanges } from "./alert-network-changes.ts";

const { passes, fails, unknowns } = alertExamples("network", "changes of VPC networks", "firewall");

testCheck(alertNetworkChanges, {
  pass: [...passes],
  fail: [...fails],
  unknown: [...unknowns],
});
