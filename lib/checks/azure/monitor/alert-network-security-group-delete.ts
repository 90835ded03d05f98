import { alertOnOperation } from "#lib/checks/azure/activity-log-alerts.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const alertNetworkSecurityGroupDelete = defineCheck({
  id: "azure.monitor.alert-network-security-group-delete",
  title: "Alert tells of deleted network security groups",
  risk: "Where a security group goes, what it blocked comes through. An alert lets someone look before an attacker does.",
  ...alertOnOperation("Microsoft.Network/networkSecurityGroups/delete", "network-security-group-delete"),
});
