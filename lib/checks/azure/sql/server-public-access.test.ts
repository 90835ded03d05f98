import { sqlServer } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { sqlServerPublicAccess } from "./server-public-access.ts";

testCheck(sqlServerPublicAccess, {
  pass: [
    sqlServer({ publicNetworkAccess: "Disabled" }),
    sqlServer({ publicNetworkAccess: "SecuredByPerimeter" }),
  ],
  fail: [[sqlServer({ publicNetworkAccess: "Enabled" }), "The server has a public endpoint."]],
  unknown: [sqlServer()],
});
