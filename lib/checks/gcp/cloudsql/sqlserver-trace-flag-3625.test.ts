import { sqlInstance, sqlInstanceWithout } from "#lib/checks/gcp/cloudsql-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { sqlserverTraceFlag3625 } from "./sqlserver-trace-flag-3625.ts";

testCheck(sqlserverTraceFlag3625, {
  pass: [
    sqlInstance("sqlserver", { flags: { "3625": "on" } }),
    sqlInstance("mysql", { flags: { "3625": "off" } }),
    sqlInstance("sqlserver", { instanceType: "ON_PREMISES_INSTANCE", flags: { "3625": "off" } }),
  ],
  fail: [
    [sqlInstance("sqlserver", { flags: { "3625": "off" } }), "The flag 3625 is off."],
    [sqlInstance("sqlserver"), "The flag 3625 is not set, and off by default."],
  ],
  unknown: [sqlInstanceWithout("sqlserver", "flags")],
});
