import { account } from "#lib/checks/azure/storage-account.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { shareSoftDelete } from "./share-soft-delete.ts";

const smb = { versions: ["SMB3.1.1"], channelEncryption: ["AES-256-GCM"] };

testCheck(shareSoftDelete, {
  pass: [account(), account({ files: null })],
  fail: [[account({ files: { softDelete: null, smb } }), "Deleted file shares are gone at once."]],
  unknown: [account({ files: undefined })],
});
