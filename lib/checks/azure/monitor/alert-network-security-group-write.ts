import { alertOnOperation } from "#lib/checks/azure/activity-log-alerts.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const alertNetworkSecurityGroupWrite = defineCheck({
  id: "azure.monitor.alert-network-security-group-write",
  title: "Alert tells of written network security groups",
  risk: "A rule added to a security group can open machines to the internet within seconds. An alert is the quickest way to notice it.",
  ...alertOnOperation("Microsoft.Network/networkSecurityGroups/write", "network-security-group-write"),
});
