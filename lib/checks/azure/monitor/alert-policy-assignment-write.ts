import { alertOnOperation } from "#lib/checks/azure/activity-log-alerts.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const alertPolicyAssignmentWrite = defineCheck({
  id: "azure.monitor.alert-policy-assignment-write",
  title: "Alert tells of new or changed policy assignments",
  risk: "A changed policy assignment can loosen what the whole subscription enforces. Seen at once, it can be taken back before anyone relies on it.",
  ...alertOnOperation("Microsoft.Authorization/policyAssignments/write", "policy-assignment-write"),
});
