import { app } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { appTls } from "./app-tls.ts";

testCheck(appTls, {
  pass: [app({ minTlsVersion: "1.2" }), app({ minTlsVersion: "1.3" })],
  fail: [
    [app({ minTlsVersion: "1.0" }), "TLS 1.0 is accepted."],
    [app({ minTlsVersion: "1.1" }), "TLS 1.1 is accepted."],
  ],
  unknown: [app(), app({ minTlsVersion: "newest" })],
});
