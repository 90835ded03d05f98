import { flexibleServer } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { mysqlServerPublicAccess } from "./server-public-access.ts";

testCheck(mysqlServerPublicAccess, {
  pass: [flexibleServer({ publicNetworkAccess: "Disabled" })],
  fail: [[flexibleServer({ publicNetworkAccess: "Enabled" }), "The server has a public endpoint."]],
  unknown: [flexibleServer()],
});
