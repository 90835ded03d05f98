import { testCheck } from "#lib/checks/test-check.ts";
import { tableCmek } from "./table-cmek.ts";

const table = (type: string, kmsKey?: string | null) => ({
  config: { dataset: "payments", type, createdAt: null, ...(kmsKey === undefined ? {} : { kmsKey }) },
});
const key = "projects/p/locations/eu/keyRings/r/cryptoKeys/k";

testCheck(tableCmek, {
  pass: [table("TABLE", key), table("MATERIALIZED_VIEW", key), table("VIEW", null), table("EXTERNAL", null)],
  fail: [
    [table("TABLE", null), "The table is encrypted with a key of Google's."],
    [table("SNAPSHOT", null), "The table is encrypted with a key of Google's."],
  ],
  unknown: [table("TABLE")],
});
