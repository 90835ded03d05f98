import { sqlInstance, sqlInstanceWithout } from "#lib/checks/gcp/cloudsql-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { instanceDeletionProtection } from "./instance-deletion-protection.ts";

testCheck(instanceDeletionProtection, {
  pass: [
    sqlInstance("mysql"),
    sqlInstance("mysql", { instanceType: "READ_REPLICA_INSTANCE", deletionProtection: false }),
  ],
  fail: [[sqlInstance("postgres", { deletionProtection: false }), "Deletion protection is off."]],
  unknown: [sqlInstanceWithout("mysql", "deletionProtection")],
});
