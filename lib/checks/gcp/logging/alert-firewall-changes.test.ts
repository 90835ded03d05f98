import { alertExamples, metric, policy, project } from "#lib/checks/gcp/log-alerts.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { alertFirewallChanges } from "./alert-firewall-changes.ts";

const { passes, fails, unknowns } = alertExamples("firewall", "changes of firewall rules", "route");

testCheck(alertFirewallChanges, {
  pass: [
    ...passes,
    // Written otherwise, and wider than need be.
    project(
      metric(
        "m",
        `protoPayload.methodName=~"compute\\.firewalls\\.(insert|patch|update|delete)$" resource.type=gce_firewall_rule`,
      ),
      policy("p", "m"),
    ),
    project(
      metric(
        "m",
        `resource.type=("gce_firewall_rule" OR "gce_route") AND LOG_ID("cloudaudit.googleapis.com/activity")`,
      ),
      policy("p", "m"),
    ),
  ],
  fail: [
    ...fails,
    [
      project(
        metric("m", `resource.type="gce_firewall_rule" AND protoPayload.methodName:"firewalls.insert"`),
        policy("p", "m"),
      ),
      "Nothing raises an alert for changes of firewall rules: log metric m counts only some of them.",
    ],
    // Nobody's calls are named like that: they begin with the API's version.
    [
      project(
        metric(
          "m",
          `protoPayload.methodName="compute.firewalls.insert" OR protoPayload.methodName="compute.firewalls.delete"`,
        ),
        policy("p", "m"),
      ),
      "Nothing raises an alert for changes of firewall rules.",
    ],
    // What one person does isn't all that is done.
    [
      project(
        metric(
          "m",
          `resource.type="gce_firewall_rule" AND NOT protoPayload.authenticationInfo.principalEmail="ci@acme.example"`,
        ),
        policy("p", "m"),
      ),
      "Nothing raises an alert for changes of firewall rules.",
    ],
    // Both conditions have to hold.
    [
      project(
        metric("m", `resource.type="gce_firewall_rule"`),
        policy("p", "m", {
          combiner: "AND",
          conditions: [
            { name: null, type: "threshold", text: 'metric.type="logging.googleapis.com/user/m"' },
            { name: null, type: "threshold", text: 'metric.type="logging.googleapis.com/user/errors"' },
          ],
        }),
      ),
      "Nothing raises an alert for changes of firewall rules: log metric m counts them, but no alert policy watches it.",
    ],
  ],
  unknown: [...unknowns],
});
