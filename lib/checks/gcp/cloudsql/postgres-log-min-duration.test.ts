import { sqlInstance, sqlInstanceWithout } from "#lib/checks/gcp/cloudsql-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { postgresLogMinDuration } from "./postgres-log-min-duration.ts";

testCheck(postgresLogMinDuration, {
  pass: [
    sqlInstance("postgres", { flags: { log_min_duration_statement: "-1" } }),
    sqlInstance("mysql", { flags: { log_min_duration_statement: "0" } }),
    sqlInstance("postgres", {
      instanceType: "ON_PREMISES_INSTANCE",
      flags: { log_min_duration_statement: "0" },
    }),
    // Not set, its default will do.
    sqlInstance("postgres"),
  ],
  fail: [
    [
      sqlInstance("postgres", { flags: { log_min_duration_statement: "0" } }),
      "The flag log_min_duration_statement is 0.",
    ],
    [
      sqlInstance("postgres", { flags: { log_min_duration_statement: "250" } }),
      "The flag log_min_duration_statement is 250.",
    ],
  ],
  unknown: [sqlInstanceWithout("postgres", "flags")],
});
