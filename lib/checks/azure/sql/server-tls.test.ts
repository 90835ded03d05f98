import { sqlServer } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { sqlServerTls } from "./server-tls.ts";

testCheck(sqlServerTls, {
  pass: [sqlServer({ minimalTlsVersion: "1.2" }), sqlServer({ minimalTlsVersion: "1.3" })],
  fail: [
    [sqlServer({ minimalTlsVersion: "1.0" }), "TLS 1.0 is accepted."],
    [sqlServer({ minimalTlsVersion: "None" }), "No minimal TLS version is set."],
    [sqlServer({ minimalTlsVersion: null }), "No minimal TLS version is set."],
  ],
  unknown: [sqlServer(), sqlServer({ minimalTlsVersion: "Newest" })],
});
