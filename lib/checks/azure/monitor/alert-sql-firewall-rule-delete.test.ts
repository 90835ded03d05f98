import { alert, watched } from "#lib/checks/azure/activity-log-alerts.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { alertSqlFirewallRuleDelete } from "./alert-sql-firewall-rule-delete.ts";

const operation = "Microsoft.Sql/servers/firewallRules/delete";
const without = `No activity log alert tells of ${operation}`;

testCheck(alertSqlFirewallRuleDelete, {
  pass: [
    watched(alert({ operation })),
    watched(alert({ operation, enabled: false }, "old"), alert({ operation: operation.toUpperCase() })),
    { ...watched(alert({ operation })), incomplete: ["azure.monitor.activity-log-alert"] },
  ],
  fail: [
    [watched(), `${without}.`],
    [watched(alert({ operation: "Microsoft.Sql/servers/firewallRules/write" })), `${without}.`],
    [watched(alert({ operation, enabled: false })), `${without}: changes is switched off.`],
    [watched(alert({ operation, actionGroupIds: [] })), `${without}: changes has no action group to tell.`],
  ],
  unknown: [
    { ...watched(), incomplete: ["azure.monitor.activity-log-alert"] },
    watched(alert({ operation, enabled: undefined })),
  ],
});
