import { sqlInstance, sqlInstanceWithout } from "#lib/checks/gcp/cloudsql-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { postgresLogStatement } from "./postgres-log-statement.ts";

testCheck(postgresLogStatement, {
  pass: [
    sqlInstance("postgres", { flags: { log_statement: "ddl" } }),
    sqlInstance("postgres", { flags: { log_statement: "mod" } }),
    sqlInstance("postgres", { flags: { log_statement: "all" } }),
    sqlInstance("mysql", { flags: { log_statement: "none" } }),
    sqlInstance("postgres", { instanceType: "ON_PREMISES_INSTANCE", flags: { log_statement: "none" } }),
  ],
  fail: [
    [sqlInstance("postgres", { flags: { log_statement: "none" } }), "The flag log_statement is none."],
    [sqlInstance("postgres"), "The flag log_statement is not set, and none by default."],
  ],
  unknown: [sqlInstanceWithout("postgres", "flags")],
});
