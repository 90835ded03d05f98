import { sqlInstance, sqlInstanceWithout } from "#lib/checks/gcp/cloudsql-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { mysqlLocalInfile } from "./mysql-local-infile.ts";

testCheck(mysqlLocalInfile, {
  pass: [
    sqlInstance("mysql", { flags: { local_infile: "off" } }),
    sqlInstance("mysql", { flags: { local_infile: "0" } }),
    sqlInstance("postgres", { flags: { local_infile: "on" } }),
    sqlInstance("mysql", { instanceType: "ON_PREMISES_INSTANCE", flags: { local_infile: "on" } }),
  ],
  fail: [
    [sqlInstance("mysql", { flags: { local_infile: "on" } }), "The flag local_infile is on."],
    [sqlInstance("mysql"), "The flag local_infile is not set, and on by default."],
  ],
  unknown: [sqlInstanceWithout("mysql", "flags")],
});
