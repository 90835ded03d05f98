import { alertOnOperation } from "#lib/checks/azure/activity-log-alerts.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const alertSecuritySolutionWrite = defineCheck({
  id: "azure.monitor.alert-security-solution-write",
  title: "Alert tells of written security solutions",
  risk: "Whoever changes the security solutions of a subscription can blind those who watch it. An alert makes such changes visible.",
  ...alertOnOperation("Microsoft.Security/securitySolutions/write", "security-solution-write"),
});
