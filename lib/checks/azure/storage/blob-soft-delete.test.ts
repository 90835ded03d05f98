import { account } from "#lib/checks/azure/storage-account.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { blobSoftDelete } from "./blob-soft-delete.ts";

const blobs = { softDelete: { days: 7 }, containerSoftDelete: { days: 7 }, versioning: true };

testCheck(blobSoftDelete, {
  pass: [account(), account({ blobs: null })],
  fail: [[account({ blobs: { ...blobs, softDelete: null } }), "Deleted blobs are gone at once."]],
  unknown: [account({ blobs: undefined })],
});
