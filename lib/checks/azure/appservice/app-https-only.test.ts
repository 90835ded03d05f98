import { app } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { appHttpsOnly } from "./app-https-only.ts";

testCheck(appHttpsOnly, {
  pass: [app({ httpsOnly: true })],
  fail: [[app({ httpsOnly: false }), "The app answers over plain HTTP as well."]],
  unknown: [app()],
});
