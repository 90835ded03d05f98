import { alertOnOperation } from "#lib/checks/azure/activity-log-alerts.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const alertSqlFirewallRuleWrite = defineCheck({
  id: "azure.monitor.alert-sql-firewall-rule-write",
  title: "Alert tells of written SQL Server firewall rules",
  risk: "A new firewall rule can open a database server to any address. An alert tells of it while it can still be taken back.",
  ...alertOnOperation("Microsoft.Sql/servers/firewallRules/write", "sql-firewall-rule-write"),
});
