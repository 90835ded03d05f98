import { sqlInstance, sqlInstanceWithout } from "#lib/checks/gcp/cloudsql-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { postgresLogMinMessages } from "./postgres-log-min-messages.ts";

testCheck(postgresLogMinMessages, {
  pass: [
    sqlInstance("postgres", { flags: { log_min_messages: "warning" } }),
    sqlInstance("postgres", { flags: { log_min_messages: "WARNING" } }),
    sqlInstance("postgres", { flags: { log_min_messages: "error" } }),
    sqlInstance("mysql", { flags: { log_min_messages: "notice" } }),
    sqlInstance("postgres", { instanceType: "ON_PREMISES_INSTANCE", flags: { log_min_messages: "notice" } }),
    // Not set, its default will do.
    sqlInstance("postgres"),
  ],
  fail: [
    [
      sqlInstance("postgres", { flags: { log_min_messages: "notice" } }),
      "The flag log_min_messages is notice.",
    ],
    [
      sqlInstance("postgres", { flags: { log_min_messages: "debug5" } }),
      "The flag log_min_messages is debug5.",
    ],
    [
      sqlInstance("postgres", { flags: { log_min_messages: "fatal" } }),
      "The flag log_min_messages is fatal.",
    ],
    [
      sqlInstance("postgres", { flags: { log_min_messages: "panic" } }),
      "The flag log_min_messages is panic.",
    ],
  ],
  unknown: [sqlInstanceWithout("postgres", "flags")],
});
