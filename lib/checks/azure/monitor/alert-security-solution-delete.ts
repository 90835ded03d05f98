import { alertOnOperation } from "#lib/checks/azure/activity-log-alerts.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const alertSecuritySolutionDelete = defineCheck({
  id: "azure.monitor.alert-security-solution-delete",
  title: "Alert tells of deleted security solutions",
  risk: "Removing a security solution is a common first step of an intruder. Without an alert, protection ends unnoticed.",
  ...alertOnOperation("Microsoft.Security/securitySolutions/delete", "security-solution-delete"),
});
