import { sqlInstance, sqlInstanceWithout } from "#lib/checks/gcp/cloudsql-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { sqlserverUserConnections } from "./sqlserver-user-connections.ts";

testCheck(sqlserverUserConnections, {
  pass: [
    sqlInstance("sqlserver", { flags: { "user connections": "0" } }),
    sqlInstance("sqlserver", { flags: { "user connections": "32767" } }),
    sqlInstance("mysql", { flags: { "user connections": "10" } }),
    sqlInstance("sqlserver", { instanceType: "ON_PREMISES_INSTANCE", flags: { "user connections": "10" } }),
    // Not set, its default will do.
    sqlInstance("sqlserver"),
  ],
  fail: [
    [sqlInstance("sqlserver", { flags: { "user connections": "10" } }), "The flag user connections is 10."],
    [sqlInstance("sqlserver", { flags: { "user connections": "500" } }), "The flag user connections is 500."],
  ],
  unknown: [sqlInstanceWithout("sqlserver", "flags")],
});
