import { testCheck } from "#lib/checks/test-check.ts";
import type { ResourceConfigs } from "#lib/inventory/kinds.ts";
import { gcpKeyRotation } from "./key-rotation.ts";

const day = 86_400;
const example = (change: Partial<ResourceConfigs["gcp.kms.key"]> = {}) => ({
  config: {
    createdAt: null,
    keyRing: "ring",
    purpose: "ENCRYPT_DECRYPT",
    protectionLevel: "SOFTWARE",
    importOnly: false,
    primaryState: "ENABLED",
    primaryCreatedAt: "2024-06-01T00:00:00.000Z",
    rotationPeriodSeconds: 90 * day,
    nextRotationAt: "2026-03-01T00:00:00.000Z",
    ...change,
  },
  asOf: "2026-01-31T12:00:00Z",
});
const never = { rotationPeriodSeconds: null, nextRotationAt: null };

testCheck(gcpKeyRotation, {
  pass: [
    example(),
    example({ rotationPeriodSeconds: 30 * day, protectionLevel: "HSM" }),
    example({ nextRotationAt: "2026-05-01T12:00:00.000Z" }),
    // Overdue by a moment: the service is about to.
    example({ nextRotationAt: "2026-01-31T00:00:00.000Z" }),
    // Keys that the service can't rotate, and one that encrypts nothing any more.
    example({ ...never, purpose: "ASYMMETRIC_SIGN", primaryState: null }),
    example({ ...never, purpose: "MAC", primaryState: null }),
    example({ ...never, primaryState: "DISABLED" }),
    example({ ...never, primaryState: null }),
    // Renewed by hand, lately enough.
    example({ ...never, importOnly: true, primaryCreatedAt: "2025-11-15T00:00:00.000Z" }),
  ],
  fail: [
    [example(never), "The key is not rotated."],
    [example({ rotationPeriodSeconds: 365 * day }), "The key is rotated every 365 days."],
    [example({ rotationPeriodSeconds: 90 * day + day }), "The key is rotated every 91 days."],
    [example({ nextRotationAt: "2027-01-01T00:00:00.000Z" }), "The next rotation is on 2027-01-01."],
    [example({ nextRotationAt: null }), "No next rotation is set."],
    [
      example({ ...never, importOnly: true }),
      "Its material comes from outside, and was last renewed on 2024-06-01.",
    ],
    [
      example({ ...never, protectionLevel: "EXTERNAL_VPC", primaryCreatedAt: "2025-11-01T00:00:00.000Z" }),
      "Its material comes from outside, and was last renewed on 2025-11-01.",
    ],
    // What was read proves it.
    [
      example({ rotationPeriodSeconds: 365 * day, nextRotationAt: undefined }),
      "The key is rotated every 365 days.",
    ],
  ],
  unknown: [
    example({ purpose: undefined }),
    example({ rotationPeriodSeconds: undefined }),
    example({ nextRotationAt: undefined }),
    example({ ...never, importOnly: true, primaryCreatedAt: undefined }),
  ],
});
