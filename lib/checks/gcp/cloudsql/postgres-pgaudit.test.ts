import { sqlInstance, sqlInstanceWithout } from "#lib/checks/gcp/cloudsql-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { postgresPgaudit } from "./postgres-pgaudit.ts";

testCheck(postgresPgaudit, {
  pass: [
    sqlInstance("postgres", { flags: { "cloudsql.enable_pgaudit": "on" } }),
    sqlInstance("mysql", { flags: { "cloudsql.enable_pgaudit": "off" } }),
    sqlInstance("postgres", {
      instanceType: "ON_PREMISES_INSTANCE",
      flags: { "cloudsql.enable_pgaudit": "off" },
    }),
  ],
  fail: [
    [
      sqlInstance("postgres", { flags: { "cloudsql.enable_pgaudit": "off" } }),
      "The flag cloudsql.enable_pgaudit is off.",
    ],
    [sqlInstance("postgres"), "The flag cloudsql.enable_pgaudit is not set, and off by default."],
  ],
  unknown: [sqlInstanceWithout("postgres", "flags")],
});
