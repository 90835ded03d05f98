import { sqlInstance, sqlInstanceWithout } from "#lib/checks/gcp/cloudsql-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { postgresLogMinErrorStatement } from "./postgres-log-min-error-statement.ts";

testCheck(postgresLogMinErrorStatement, {
  pass: [
    sqlInstance("postgres", { flags: { log_min_error_statement: "error" } }),
    sqlInstance("postgres", { flags: { log_min_error_statement: "ERROR" } }),
    sqlInstance("mysql", { flags: { log_min_error_statement: "warning" } }),
    sqlInstance("postgres", {
      instanceType: "ON_PREMISES_INSTANCE",
      flags: { log_min_error_statement: "warning" },
    }),
    // Not set, its default will do.
    sqlInstance("postgres"),
  ],
  fail: [
    [
      sqlInstance("postgres", { flags: { log_min_error_statement: "warning" } }),
      "The flag log_min_error_statement is warning.",
    ],
    [
      sqlInstance("postgres", { flags: { log_min_error_statement: "panic" } }),
      "The flag log_min_error_statement is panic.",
    ],
    [
      sqlInstance("postgres", { flags: { log_min_error_statement: "log" } }),
      "The flag log_min_error_statement is log.",
    ],
  ],
  unknown: [sqlInstanceWithout("postgres", "flags")],
});
