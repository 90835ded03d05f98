import { flexibleServer } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { postgresqlServerEntraAuthentication } from "./server-entra-authentication.ts";

testCheck(postgresqlServerEntraAuthentication, {
  pass: [
    flexibleServer({ authentication: { entra: true, password: true } }),
    flexibleServer({ authentication: { entra: true, password: false } }),
  ],
  fail: [
    [
      flexibleServer({ authentication: { entra: false, password: true } }),
      "Users sign in with passwords alone.",
    ],
  ],
  unknown: [flexibleServer()],
});
