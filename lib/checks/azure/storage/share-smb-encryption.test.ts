import { account } from "#lib/checks/azure/storage-account.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { shareSmbEncryption } from "./share-smb-encryption.ts";

const smb = { versions: ["SMB3.1.1"], channelEncryption: ["AES-256-GCM"] };

testCheck(shareSmbEncryption, {
  pass: [account(), account({ files: null })],
  fail: [
    [
      account({
        files: { softDelete: null, smb: { ...smb, channelEncryption: ["AES-128-CCM", "AES-256-GCM"] } },
      }),
      "SMB accepts AES-128-CCM.",
    ],
    [
      account({ files: { softDelete: null, smb: { ...smb, channelEncryption: null } } }),
      "SMB channel encryption is not narrowed, so AES-128 is accepted.",
    ],
  ],
  unknown: [account({ files: undefined })],
});
