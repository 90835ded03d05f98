import { app } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { appRemoteDebugging } from "./app-remote-debugging.ts";

testCheck(appRemoteDebugging, {
  pass: [app({ remoteDebugging: false })],
  fail: [[app({ remoteDebugging: true }), "Remote debugging is on."]],
  unknown: [app()],
});
