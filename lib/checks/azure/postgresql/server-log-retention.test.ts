import { flexibleServer, withParameters } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { postgresqlServerLogRetention } from "./server-log-retention.ts";

testCheck(postgresqlServerLogRetention, {
  pass: [
    withParameters({ "logfiles.retention_days": "4" }),
    withParameters({ "logfiles.retention_days": "7" }),
  ],
  fail: [
    [withParameters({ "logfiles.retention_days": "3" }), "Log files are kept for 3 days."],
    [withParameters({ "logfiles.retention_days": "1" }), "Log files are kept for 1 day."],
  ],
  unknown: [flexibleServer(), withParameters({}), withParameters({ "logfiles.retention_days": "long" })],
});
