import { secret } from "#lib/checks/azure/key-vault.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { certificateValidity } from "./certificate-validity.ts";

testCheck(certificateValidity, {
  pass: [
    secret({ notBefore: "2020-01-01T00:00:00.000Z" }),
    secret({ contentType: "application/x-pkcs12" }),
    secret({
      contentType: "application/x-pem-file",
      notBefore: "2025-11-30T23:50:00.000Z",
      expiresAt: "2026-12-01T00:00:00.000Z",
    }),
    secret({ contentType: "application/x-pkcs12", enabled: false, notBefore: "2020-01-01T00:00:00.000Z" }),
  ],
  fail: [
    [
      secret({
        contentType: "application/x-pkcs12",
        notBefore: "2024-06-01T00:00:00.000Z",
        expiresAt: "2026-06-01T00:00:00.000Z",
      }),
      "The certificate holds for 730 days.",
    ],
  ],
  unknown: [
    secret({ contentType: "application/x-pkcs12", notBefore: null }),
    secret({ contentType: "application/x-pkcs12", expiresAt: undefined }),
    secret({
      contentType: "application/x-pkcs12",
      enabled: undefined,
      notBefore: "2020-01-01T00:00:00.000Z",
    }),
    secret({ contentType: "application/x-pkcs12", notBefore: "soon" }),
  ],
});
