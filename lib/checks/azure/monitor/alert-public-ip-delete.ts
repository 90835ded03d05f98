import { alertOnOperation } from "#lib/checks/azure/activity-log-alerts.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const alertPublicIpDelete = defineCheck({
  id: "azure.monitor.alert-public-ip-delete",
  title: "Alert tells of deleted public IP addresses",
  risk: "A released address may soon belong to someone else while DNS names still point to it. An alert leaves time to put that right.",
  ...alertOnOperation("Microsoft.Network/publicIPAddresses/delete", "public-ip-delete"),
});
