import { sqlInstance, sqlInstanceWithout } from "#lib/checks/gcp/cloudsql-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { sqlserverRemoteAccess } from "./sqlserver-remote-access.ts";

testCheck(sqlserverRemoteAccess, {
  pass: [
    sqlInstance("sqlserver", { flags: { "remote access": "off" } }),
    sqlInstance("mysql", { flags: { "remote access": "on" } }),
    sqlInstance("sqlserver", { instanceType: "ON_PREMISES_INSTANCE", flags: { "remote access": "on" } }),
  ],
  fail: [
    [sqlInstance("sqlserver", { flags: { "remote access": "on" } }), "The flag remote access is on."],
    [sqlInstance("sqlserver"), "The flag remote access is not set, and on by default."],
  ],
  unknown: [sqlInstanceWithout("sqlserver", "flags")],
});
