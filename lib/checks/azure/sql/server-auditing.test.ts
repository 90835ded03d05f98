import { sqlServer } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { sqlServerAuditing } from "./server-auditing.ts";

testCheck(sqlServerAuditing, {
  pass: [
    sqlServer({ auditing: { enabled: true, storage: null, monitor: true, retentionDays: 0 } }),
    sqlServer({
      auditing: {
        enabled: true,
        storage: "https://acme.blob.core.windows.net",
        monitor: false,
        retentionDays: 30,
      },
    }),
  ],
  fail: [
    [
      sqlServer({ auditing: { enabled: false, storage: null, monitor: false, retentionDays: 0 } }),
      "Auditing is off.",
    ],
    [
      sqlServer({ auditing: { enabled: true, storage: null, monitor: false, retentionDays: 0 } }),
      "Auditing is on, but its records go nowhere.",
    ],
  ],
  unknown: [sqlServer()],
});
