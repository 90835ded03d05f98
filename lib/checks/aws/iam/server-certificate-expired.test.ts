import { testCheck } from "#lib/checks/test-check.ts";
import { serverCertificateExpired } from "./server-certificate-expired.ts";

const certificate = (expiresAt?: string) => ({
  asOf: "2026-01-31T12:00:00Z",
  config: { path: "/", uploadedAt: null, expiresAt },
});

testCheck(serverCertificateExpired, {
  pass: [certificate("2026-01-31T12:00:01Z"), certificate("2030-01-01T00:00:00Z")],
  fail: [[certificate("2026-01-31T11:59:59Z"), "The certificate expired on 2026-01-31."]],
  unknown: [certificate()],
});
