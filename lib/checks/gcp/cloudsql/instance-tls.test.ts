import { sqlInstance, sqlInstanceWithout } from "#lib/checks/gcp/cloudsql-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { instanceTls } from "./instance-tls.ts";

testCheck(instanceTls, {
  pass: [
    sqlInstance("mysql"),
    sqlInstance("postgres", { sslMode: "client-certificate" }),
    sqlInstance("mysql", { instanceType: "ON_PREMISES_INSTANCE", sslMode: "unencrypted-allowed" }),
  ],
  fail: [
    [
      sqlInstance("sqlserver", { sslMode: "unencrypted-allowed" }),
      "The instance takes unencrypted connections.",
    ],
  ],
  unknown: [sqlInstanceWithout("mysql", "sslMode")],
});
