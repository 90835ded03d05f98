import { app } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { appIdentity } from "./app-identity.ts";

testCheck(appIdentity, {
  pass: [app({ identities: ["SystemAssigned"] })],
  fail: [[app({ identities: [] }), "The app has no managed identity."]],
  unknown: [app()],
});
