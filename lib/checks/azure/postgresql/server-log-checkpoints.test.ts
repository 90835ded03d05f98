import { flexibleServer, withParameters } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { postgresqlServerLogCheckpoints } from "./server-log-checkpoints.ts";

testCheck(postgresqlServerLogCheckpoints, {
  pass: [withParameters({ log_checkpoints: "on" }), withParameters({ log_checkpoints: "ON" })],
  fail: [
    [withParameters({ log_checkpoints: "off" }), "Parameter log_checkpoints is off."],
    [withParameters({ log_checkpoints: "OFF" }), "Parameter log_checkpoints is OFF."],
  ],
  unknown: [flexibleServer(), withParameters({})],
});
