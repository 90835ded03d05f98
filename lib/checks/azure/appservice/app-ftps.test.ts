import { app } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { appFtps } from "./app-ftps.ts";

testCheck(appFtps, {
  pass: [app({ ftps: "Disabled" }), app({ ftps: "FtpsOnly" })],
  fail: [[app({ ftps: "AllAllowed" }), "Plain FTP is allowed."]],
  unknown: [app()],
});
