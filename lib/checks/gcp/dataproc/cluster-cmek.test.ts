import { testCheck } from "#lib/checks/test-check.ts";
import { clusterCmek } from "./cluster-cmek.ts";

const key = "projects/p/locations/europe-west3/keyRings/r/cryptoKeys/k";

testCheck(clusterCmek, {
  pass: [
    { config: { state: "RUNNING", isVirtual: false, diskKmsKey: key } },
    { config: { state: "RUNNING", isVirtual: true, diskKmsKey: null } },
  ],
  fail: [
    [
      { config: { state: "RUNNING", isVirtual: false, diskKmsKey: null } },
      "The disks are encrypted with a key of Google's.",
    ],
  ],
  unknown: [{ config: { state: "RUNNING", isVirtual: false } }],
});
