import { alertExamples, metric, policy, project } from "#lib/checks/gcp/log-alerts.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { alertOwnershipChanges } from "./alert-ownership-changes.ts";

const { passes, fails, unknowns } = alertExamples(
  "ownership",
  "changes of project ownership",
  "audit-config",
);

testCheck(alertOwnershipChanges, {
  pass: [
    ...passes,
    project(
      metric(
        "m",
        `(protoPayload.serviceName="cloudresourcemanager.googleapis.com")
AND (ProjectOwnership OR projectOwnerInvitee)
OR (protoPayload.serviceData.policyDelta.bindingDeltas.action="REMOVE"
AND protoPayload.serviceData.policyDelta.bindingDeltas.role="roles/owner")
OR (protoPayload.serviceData.policyDelta.bindingDeltas.action="ADD"
AND protoPayload.serviceData.policyDelta.bindingDeltas.role="roles/owner")`,
      ),
      policy("p", "m"),
    ),
  ],
  fail: [
    ...fails,
    [
      project(
        metric(
          "m",
          `protoPayload.serviceData.policyDelta.bindingDeltas.action="ADD" AND protoPayload.serviceData.policyDelta.bindingDeltas.role="roles/owner"`,
        ),
        policy("p", "m"),
      ),
      "Nothing raises an alert for changes of project ownership: log metric m counts only some of them.",
    ],
  ],
  unknown: [...unknowns],
});
