import { sqlInstance, sqlInstanceWithout } from "#lib/checks/gcp/cloudsql-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { sqlserverContainedAuthentication } from "./sqlserver-contained-authentication.ts";

testCheck(sqlserverContainedAuthentication, {
  pass: [
    sqlInstance("sqlserver", { flags: { "contained database authentication": "off" } }),
    sqlInstance("sqlserver", { flags: { "contained database authentication": "0" } }),
    sqlInstance("mysql", { flags: { "contained database authentication": "on" } }),
    sqlInstance("sqlserver", {
      instanceType: "ON_PREMISES_INSTANCE",
      flags: { "contained database authentication": "on" },
    }),
    // Not set, its default will do.
    sqlInstance("sqlserver"),
  ],
  fail: [
    [
      sqlInstance("sqlserver", { flags: { "contained database authentication": "on" } }),
      "The flag contained database authentication is on.",
    ],
  ],
  unknown: [sqlInstanceWithout("sqlserver", "flags")],
});
