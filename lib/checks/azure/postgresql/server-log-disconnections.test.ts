import { flexibleServer, withParameters } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { postgresqlServerLogDisconnections } from "./server-log-disconnections.ts";

testCheck(postgresqlServerLogDisconnections, {
  pass: [withParameters({ log_disconnections: "on" }), withParameters({ log_disconnections: "ON" })],
  fail: [
    [withParameters({ log_disconnections: "off" }), "Parameter log_disconnections is off."],
    [withParameters({ log_disconnections: "OFF" }), "Parameter log_disconnections is OFF."],
  ],
  unknown: [flexibleServer(), withParameters({})],
});
