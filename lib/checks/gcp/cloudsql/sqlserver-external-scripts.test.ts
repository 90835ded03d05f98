import { sqlInstance, sqlInstanceWithout } from "#lib/checks/gcp/cloudsql-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { sqlserverExternalScripts } from "./sqlserver-external-scripts.ts";

testCheck(sqlserverExternalScripts, {
  pass: [
    sqlInstance("sqlserver", { flags: { "external scripts enabled": "off" } }),
    sqlInstance("sqlserver", { flags: { "external scripts enabled": "0" } }),
    sqlInstance("mysql", { flags: { "external scripts enabled": "on" } }),
    sqlInstance("sqlserver", {
      instanceType: "ON_PREMISES_INSTANCE",
      flags: { "external scripts enabled": "on" },
    }),
    // Not set, its default will do.
    sqlInstance("sqlserver"),
  ],
  fail: [
    [
      sqlInstance("sqlserver", { flags: { "external scripts enabled": "on" } }),
      "The flag external scripts enabled is on.",
    ],
    [
      sqlInstance("sqlserver", { flags: { "external scripts enabled": "1" } }),
      "The flag external scripts enabled is 1.",
    ],
  ],
  unknown: [sqlInstanceWithout("sqlserver", "flags")],
});
