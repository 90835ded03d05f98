import { sqlInstance, sqlInstanceWithout } from "#lib/checks/gcp/cloudsql-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { sqlserverCrossDbOwnership } from "./sqlserver-cross-db-ownership.ts";

testCheck(sqlserverCrossDbOwnership, {
  pass: [
    sqlInstance("sqlserver", { flags: { "cross db ownership chaining": "off" } }),
    sqlInstance("mysql", { flags: { "cross db ownership chaining": "on" } }),
    sqlInstance("sqlserver", {
      instanceType: "ON_PREMISES_INSTANCE",
      flags: { "cross db ownership chaining": "on" },
    }),
    // Not set, its default will do.
    sqlInstance("sqlserver"),
  ],
  fail: [
    [
      sqlInstance("sqlserver", { flags: { "cross db ownership chaining": "on" } }),
      "The flag cross db ownership chaining is on.",
    ],
  ],
  unknown: [sqlInstanceWithout("sqlserver", "flags")],
});
