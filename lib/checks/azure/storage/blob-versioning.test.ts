import { account } from "#lib/checks/azure/storage-account.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { blobVersioning } from "./blob-versioning.ts";

const blobs = { softDelete: { days: 7 }, containerSoftDelete: { days: 7 }, versioning: true };

testCheck(blobVersioning, {
  pass: [account(), account({ blobs: null })],
  fail: [[account({ blobs: { ...blobs, versioning: false } }), "Earlier versions of blobs are not kept."]],
  unknown: [account({ blobs: undefined })],
  manual: [account({ blobs: { ...blobs, versioning: false }, isHierarchical: true })],
});
