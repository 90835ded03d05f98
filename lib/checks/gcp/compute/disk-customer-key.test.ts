import { testCheck } from "#lib/checks/test-check.ts";
import { diskCustomerKey } from "./disk-customer-key.ts";

const disk = {
  zone: "europe-west1-b",
  sizeGib: 10,
  type: "pd-balanced",
  status: "READY",
  createdAt: null,
  kmsKeyName: null,
  attachedTo: [],
};

testCheck(diskCustomerKey, {
  pass: [
    {
      config: {
        ...disk,
        encryption: "kms",
        kmsKeyName: "projects/p/locations/europe-west1/keyRings/r/cryptoKeys/k",
      },
    },
    { config: { ...disk, encryption: "customer-supplied" } },
  ],
  fail: [[{ config: { ...disk, encryption: "google" } }, "The disk is encrypted with Google's key."]],
  unknown: [{ config: disk }],
});
