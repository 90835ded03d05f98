import { flexibleServer, withParameters } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { mysqlServerAuditLogConnections } from "./server-audit-log-connections.ts";

testCheck(mysqlServerAuditLogConnections, {
  pass: [
    withParameters({ audit_log_enabled: "ON", audit_log_events: "CONNECTION" }),
    withParameters({ audit_log_enabled: "ON", audit_log_events: "ddl, connection_v2" }),
  ],
  fail: [
    [
      withParameters({ audit_log_enabled: "ON", audit_log_events: "DDL,DML" }),
      "The audit log holds DDL,DML.",
    ],
    [withParameters({ audit_log_enabled: "ON", audit_log_events: "" }), "The audit log holds nothing."],
    [withParameters({ audit_log_enabled: "OFF", audit_log_events: "CONNECTION" }), "The audit log is off."],
    [withParameters({ audit_log_enabled: "OFF" }), "The audit log is off."],
  ],
  unknown: [
    flexibleServer(),
    withParameters({ audit_log_enabled: "ON" }),
    withParameters({ audit_log_events: "CONNECTION" }),
  ],
});
