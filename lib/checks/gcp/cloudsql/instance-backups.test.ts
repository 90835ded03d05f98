import { sqlInstance, sqlInstanceWithout } from "#lib/checks/gcp/cloudsql-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { instanceBackups } from "./instance-backups.ts";

const off = { enabled: false, pointInTime: false, location: null };

testCheck(instanceBackups, {
  pass: [
    sqlInstance("mysql"),
    sqlInstance("mysql", { instanceType: "READ_REPLICA_INSTANCE", backups: off }),
    sqlInstance("mysql", { instanceType: "ON_PREMISES_INSTANCE", backups: off }),
  ],
  fail: [[sqlInstance("postgres", { backups: off }), "Automated backups are off."]],
  unknown: [sqlInstanceWithout("mysql", "backups")],
});
