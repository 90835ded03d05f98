import { flexibleServer, withParameters } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { mysqlServerAuditLog } from "./server-audit-log.ts";

testCheck(mysqlServerAuditLog, {
  pass: [withParameters({ audit_log_enabled: "on" }), withParameters({ audit_log_enabled: "ON" })],
  fail: [
    [withParameters({ audit_log_enabled: "off" }), "Parameter audit_log_enabled is off."],
    [withParameters({ audit_log_enabled: "OFF" }), "Parameter audit_log_enabled is OFF."],
  ],
  unknown: [flexibleServer(), withParameters({})],
});
