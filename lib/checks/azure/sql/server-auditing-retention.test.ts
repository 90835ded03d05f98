import { sqlServer } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { sqlServerAuditingRetention } from "./server-auditing-retention.ts";

testCheck(sqlServerAuditingRetention, {
  pass: [
    sqlServer({ auditing: { enabled: true, storage: "https://a", monitor: false, retentionDays: 91 } }),
    sqlServer({ auditing: { enabled: true, storage: "https://a", monitor: false, retentionDays: 0 } }),
    sqlServer({ auditing: { enabled: true, storage: null, monitor: true, retentionDays: 0 } }),
  ],
  fail: [
    [
      sqlServer({ auditing: { enabled: true, storage: "https://a", monitor: true, retentionDays: 90 } }),
      "Records are deleted after 90 days.",
    ],
    [
      sqlServer({ auditing: { enabled: true, storage: "https://a", monitor: false, retentionDays: 1 } }),
      "Records are deleted after 1 day.",
    ],
    [
      sqlServer({ auditing: { enabled: false, storage: null, monitor: false, retentionDays: 0 } }),
      "Auditing is off.",
    ],
  ],
  unknown: [sqlServer()],
});
