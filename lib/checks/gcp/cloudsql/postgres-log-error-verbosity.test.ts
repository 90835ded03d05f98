import { sqlInstance, sqlInstanceWithout } from "#lib/checks/gcp/cloudsql-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { postgresLogErrorVerbosity } from "./postgres-log-error-verbosity.ts";

testCheck(postgresLogErrorVerbosity, {
  pass: [
    sqlInstance("postgres", { flags: { log_error_verbosity: "default" } }),
    sqlInstance("postgres", { flags: { log_error_verbosity: "DEFAULT" } }),
    sqlInstance("postgres", { flags: { log_error_verbosity: "verbose" } }),
    sqlInstance("mysql", { flags: { log_error_verbosity: "terse" } }),
    sqlInstance("postgres", {
      instanceType: "ON_PREMISES_INSTANCE",
      flags: { log_error_verbosity: "terse" },
    }),
    // Not set, its default will do.
    sqlInstance("postgres"),
  ],
  fail: [
    [
      sqlInstance("postgres", { flags: { log_error_verbosity: "terse" } }),
      "The flag log_error_verbosity is terse.",
    ],
  ],
  unknown: [sqlInstanceWithout("postgres", "flags")],
});
