import { sqlInstance, sqlInstanceWithout } from "#lib/checks/gcp/cloudsql-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { instanceIamAuthentication } from "./instance-iam-authentication.ts";

testCheck(instanceIamAuthentication, {
  pass: [
    sqlInstance("mysql", { flags: { cloudsql_iam_authentication: "on" } }),
    sqlInstance("postgres", { flags: { "cloudsql.iam_authentication": "on" } }),
    sqlInstance("sqlserver"),
  ],
  fail: [
    [
      sqlInstance("mysql", { flags: { "cloudsql.iam_authentication": "on" } }),
      "The flag cloudsql_iam_authentication is not set, and off by default.",
    ],
    [
      sqlInstance("postgres", { flags: { "cloudsql.iam_authentication": "off" } }),
      "The flag cloudsql.iam_authentication is off.",
    ],
  ],
  unknown: [sqlInstanceWithout("mysql", "flags"), sqlInstanceWithout("postgres", "flags")],
});
