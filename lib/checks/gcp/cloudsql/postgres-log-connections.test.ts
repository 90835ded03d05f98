import { sqlInstance, sqlInstanceWithout } from "#lib/checks/gcp/cloudsql-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { postgresLogConnections } from "./postgres-log-connections.ts";

testCheck(postgresLogConnections, {
  pass: [
    sqlInstance("postgres", { flags: { log_connections: "on" } }),
    sqlInstance("postgres", { flags: { log_connections: "all" } }),
    sqlInstance("postgres", { flags: { log_connections: "receipt,authentication" } }),
    sqlInstance("mysql", { flags: { log_connections: "off" } }),
    sqlInstance("postgres", { instanceType: "ON_PREMISES_INSTANCE", flags: { log_connections: "off" } }),
  ],
  fail: [
    [sqlInstance("postgres", { flags: { log_connections: "off" } }), "The flag log_connections is off."],
    [sqlInstance("postgres"), "The flag log_connections is not set, and off by default."],
  ],
  unknown: [sqlInstanceWithout("postgres", "flags")],
});
