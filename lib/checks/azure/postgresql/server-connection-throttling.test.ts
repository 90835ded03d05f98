import { flexibleServer, withParameters } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { postgresqlServerConnectionThrottling } from "./server-connection-throttling.ts";

testCheck(postgresqlServerConnectionThrottling, {
  pass: [
    withParameters({ "connection_throttle.enable": "on" }),
    withParameters({ "connection_throttle.enable": "ON" }),
  ],
  fail: [
    [withParameters({ "connection_throttle.enable": "off" }), "Parameter connection_throttle.enable is off."],
    [withParameters({ "connection_throttle.enable": "OFF" }), "Parameter connection_throttle.enable is OFF."],
  ],
  unknown: [flexibleServer(), withParameters({})],
});
