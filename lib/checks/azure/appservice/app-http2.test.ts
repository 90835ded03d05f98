import { app } from "#lib/checks/azure/database-servers.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { appHttp2 } from "./app-http2.ts";

testCheck(appHttp2, {
  pass: [app({ http2: true })],
  fail: [[app({ http2: false }), "HTTP/2 is off."]],
  unknown: [app()],
});
