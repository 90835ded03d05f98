import { sqlInstance, sqlInstanceWithout } from "#lib/checks/gcp/cloudsql-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { sqlserverUserOptions } from "./sqlserver-user-options.ts";

testCheck(sqlserverUserOptions, {
  pass: [
    sqlInstance("sqlserver", { flags: { "user options": "0" } }),
    sqlInstance("mysql", { flags: { "user options": "16" } }),
    sqlInstance("sqlserver", { instanceType: "ON_PREMISES_INSTANCE", flags: { "user options": "16" } }),
    // Not set, its default will do.
    sqlInstance("sqlserver"),
  ],
  fail: [
    [sqlInstance("sqlserver", { flags: { "user options": "16" } }), "The flag user options is 16."],
    [sqlInstance("sqlserver", { flags: { "user options": "512" } }), "The flag user options is 512."],
  ],
  unknown: [sqlInstanceWithout("sqlserver", "flags")],
});
