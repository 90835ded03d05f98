import { alert, is, watched } from "#lib/checks/azure/activity-log-alerts.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { alertServiceHealth } from "./alert-service-health.ts";

const health = is("category", "ServiceHealth");
const incidents = [health, is("properties.incidentType", "Incident")];
const planned = [health, is("properties.incidentType", "Maintenance", "Informational")];
const without = "No activity log alert tells of service issues";

testCheck(alertServiceHealth, {
  pass: [
    watched(alert({ conditions: incidents })),
    watched(alert({ conditions: planned }, "planned"), alert({ conditions: [health] })),
  ],
  fail: [
    [watched(), `${without}.`],
    [watched(alert({}, "administrative")), `${without}.`],
    [watched(alert({ conditions: planned })), `${without}: changes is limited by properties.incidentType.`],
    [watched(alert({ conditions: incidents, enabled: false })), `${without}: changes is switched off.`],
  ],
  unknown: [
    { ...watched(), incomplete: ["azure.monitor.activity-log-alert"] },
    watched(alert({ conditions: undefined })),
  ],
});
