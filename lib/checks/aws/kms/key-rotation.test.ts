import { testCheck } from "#lib/checks/test-check.ts";
import { keyRotation } from "./key-rotation.ts";

const details = {
  managedBy: "customer" as "customer" | "aws",
  state: "Enabled",
  spec: "SYMMETRIC_DEFAULT",
  usage: "ENCRYPT_DECRYPT",
  origin: "AWS_KMS",
  multiRegion: null,
  createdAt: null,
  deletionAt: null,
  description: null,
};
const key = (change: Partial<typeof details>, enabled: boolean | null | undefined) => ({
  config: {
    keyId: "key-1",
    details: { ...details, ...change },
    rotation: typeof enabled === "boolean" ? { enabled, periodDays: enabled ? 365 : null } : enabled,
  },
});

testCheck(keyRotation, {
  pass: [
    key({}, true),
    key({ managedBy: "aws" }, null),
    key({ spec: "RSA_2048", usage: "SIGN_VERIFY" }, null),
    key({ spec: "HMAC_256", usage: "GENERATE_VERIFY_MAC" }, undefined),
    key({ origin: "EXTERNAL" }, false),
    key({ state: "PendingDeletion" }, false),
    key({ state: "Disabled" }, undefined),
    { config: { keyId: "key-1", rotation: { enabled: true, periodDays: 90 } } },
  ],
  fail: [[key({}, false), "Automatic rotation is off."]],
  unknown: [
    key({}, undefined),
    key({}, null),
    { config: { keyId: "key-1", rotation: { enabled: false, periodDays: null } } },
    { config: { keyId: "key-1" } },
  ],
});
