import { account } from "#lib/checks/azure/storage-account.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { containerSoftDelete } from "./container-soft-delete.ts";

const blobs = { softDelete: { days: 7 }, containerSoftDelete: { days: 7 }, versioning: true };

testCheck(containerSoftDelete, {
  pass: [account(), account({ blobs: null })],
  fail: [
    [account({ blobs: { ...blobs, containerSoftDelete: null } }), "Deleted containers are gone at once."],
  ],
  unknown: [account({ blobs: undefined })],
});
