import { sqlInstance, sqlInstanceWithout } from "#lib/checks/gcp/cloudsql-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { mysqlSkipShowDatabase } from "./mysql-skip-show-database.ts";

testCheck(mysqlSkipShowDatabase, {
  pass: [
    sqlInstance("mysql", { flags: { skip_show_database: "on" } }),
    sqlInstance("mysql", { flags: { skip_show_database: "ON" } }),
    sqlInstance("mysql", { flags: { skip_show_database: "1" } }),
    sqlInstance("postgres", { flags: { skip_show_database: "off" } }),
    sqlInstance("mysql", { instanceType: "ON_PREMISES_INSTANCE", flags: { skip_show_database: "off" } }),
  ],
  fail: [
    [sqlInstance("mysql", { flags: { skip_show_database: "off" } }), "The flag skip_show_database is off."],
    [sqlInstance("mysql", { flags: { skip_show_database: "0" } }), "The flag skip_show_database is 0."],
    [sqlInstance("mysql"), "The flag skip_show_database is not set, and off by default."],
  ],
  unknown: [sqlInstanceWithout("mysql", "flags")],
});
