import { sqlInstance, sqlInstanceWithout } from "#lib/checks/gcp/cloudsql-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { postgresLogDisconnections } from "./postgres-log-disconnections.ts";

testCheck(postgresLogDisconnections, {
  pass: [
    sqlInstance("postgres", { flags: { log_disconnections: "on" } }),
    sqlInstance("mysql", { flags: { log_disconnections: "off" } }),
    sqlInstance("postgres", { instanceType: "ON_PREMISES_INSTANCE", flags: { log_disconnections: "off" } }),
  ],
  fail: [
    [
      sqlInstance("postgres", { flags: { log_disconnections: "off" } }),
      "The flag log_disconnections is off.",
    ],
    [sqlInstance("postgres"), "The flag log_disconnections is not set, and off by default."],
  ],
  unknown: [sqlInstanceWithout("postgres", "flags")],
});
