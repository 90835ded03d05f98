import { account } from "#lib/checks/azure/storage-account.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { accountBlobPublicAccess } from "./account-blob-public-access.ts";

testCheck(accountBlobPublicAccess, {
  pass: [account(), account({ blobPublicAccess: null, createdAt: "2024-05-01T00:00:00.000Z" })],
  fail: [
    [account({ blobPublicAccess: true }), "Anonymous access to blobs is allowed."],
    [account({ blobPublicAccess: null }), "Anonymous access to blobs was never forbidden."],
  ],
  unknown: [account({ blobPublicAccess: null, createdAt: null }), account({ blobPublicAccess: undefined })],
});
