import { flexibleServer, withParameters } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { postgresqlServerTls } from "./server-tls.ts";

testCheck(postgresqlServerTls, {
  pass: [
    withParameters({ require_secure_transport: "on" }),
    withParameters({ require_secure_transport: "ON" }),
  ],
  fail: [
    [withParameters({ require_secure_transport: "off" }), "Parameter require_secure_transport is off."],
    [withParameters({ require_secure_transport: "OFF" }), "Parameter require_secure_transport is OFF."],
  ],
  unknown: [flexibleServer(), withParameters({})],
});
