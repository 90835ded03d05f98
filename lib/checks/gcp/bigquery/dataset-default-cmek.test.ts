import { testCheck } from "#lib/checks/test-check.ts";
import { datasetDefaultCmek } from "./dataset-default-cmek.ts";

const key = "projects/p/locations/eu/keyRings/r/cryptoKeys/k";

testCheck(datasetDefaultCmek, {
  pass: [
    { config: { type: "DEFAULT", defaultKmsKey: key } },
    { config: { type: "LINKED", defaultKmsKey: null } },
    { config: { type: "EXTERNAL", defaultKmsKey: null } },
  ],
  fail: [
    [{ config: { type: "DEFAULT", defaultKmsKey: null } }, "New tables are encrypted with keys of Google's."],
  ],
  unknown: [{ config: { type: "DEFAULT" } }, { config: { defaultKmsKey: null } }, { config: {} }],
});
