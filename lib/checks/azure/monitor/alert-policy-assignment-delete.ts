import { alertOnOperation } from "#lib/checks/azure/activity-log-alerts.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const alertPolicyAssignmentDelete = defineCheck({
  id: "azure.monitor.alert-policy-assignment-delete",
  title: "Alert tells of deleted policy assignments",
  risk: "Deleting a policy assignment lifts a guardrail from every resource under it. Without an alert, it shows only when something has already gone wrong.",
  ...alertOnOperation("Microsoft.Authorization/policyAssignments/delete", "policy-assignment-delete"),
});
