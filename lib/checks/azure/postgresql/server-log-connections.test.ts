import { flexibleServer, withParameters } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { postgresqlServerLogConnections } from "./server-log-connections.ts";

testCheck(postgresqlServerLogConnections, {
  pass: [withParameters({ log_connections: "on" }), withParameters({ log_connections: "ON" })],
  fail: [
    [withParameters({ log_connections: "off" }), "Parameter log_connections is off."],
    [withParameters({ log_connections: "OFF" }), "Parameter log_connections is OFF."],
  ],
  unknown: [flexibleServer(), withParameters({})],
});
