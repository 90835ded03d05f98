import { flexibleServer, withParameters } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { mysqlServerTlsVersion } from "./server-tls-version.ts";

testCheck(mysqlServerTlsVersion, {
  pass: [withParameters({ tls_version: "TLSv1.2" }), withParameters({ tls_version: "TLSv1.2, TLSv1.3" })],
  fail: [
    [withParameters({ tls_version: "TLSv1,TLSv1.1,TLSv1.2" }), "The server accepts TLSv1 and TLSv1.1."],
    [withParameters({ tls_version: "TLSv1.1,TLSv1.2" }), "The server accepts TLSv1.1."],
  ],
  unknown: [flexibleServer(), withParameters({}), withParameters({ tls_version: "newest" })],
});
