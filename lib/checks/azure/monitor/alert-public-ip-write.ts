import { alertOnOperation } from "#lib/checks/azure/activity-log-alerts.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const alertPublicIpWrite = defineCheck({
  id: "azure.monitor.alert-public-ip-write",
  title: "Alert tells of written public IP addresses",
  risk: "A public address put on a machine makes it reachable from the internet. An alert shows exposure that nobody planned.",
  ...alertOnOperation("Microsoft.Network/publicIPAddresses/write", "public-ip-write"),
});
