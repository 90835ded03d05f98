import { sqlServer } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { sqlServerEntraAdmin } from "./server-entra-admin.ts";

testCheck(sqlServerEntraAdmin, {
  pass: [sqlServer({ entraAdmin: { login: "sql-admins", only: false } })],
  fail: [[sqlServer({ entraAdmin: null }), "No user or group of Microsoft Entra ID administers the server."]],
  unknown: [sqlServer()],
});
