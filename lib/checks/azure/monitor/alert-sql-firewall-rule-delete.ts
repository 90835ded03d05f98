import { alertOnOperation } from "#lib/checks/azure/activity-log-alerts.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const alertSqlFirewallRuleDelete = defineCheck({
  id: "azure.monitor.alert-sql-firewall-rule-delete",
  title: "Alert tells of deleted SQL Server firewall rules",
  risk: "Deleting a firewall rule cuts off those who need the database, or wipes the traces of an opening. An alert shows when, and by whom.",
  ...alertOnOperation("Microsoft.Sql/servers/firewallRules/delete", "sql-firewall-rule-delete"),
});
