import { account } from "#lib/checks/azure/storage-account.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { shareSmbVersion } from "./share-smb-version.ts";

const smb = { versions: ["SMB3.1.1"], channelEncryption: ["AES-256-GCM"] };

testCheck(shareSmbVersion, {
  pass: [account(), account({ files: null })],
  fail: [
    [
      account({ files: { softDelete: null, smb: { ...smb, versions: ["SMB2.1", "SMB3.0", "SMB3.1.1"] } } }),
      "SMB2.1 and SMB3.0 is accepted.",
    ],
    [
      account({ files: { softDelete: null, smb: { ...smb, versions: null } } }),
      "SMB versions are not narrowed, so SMB 2.1 is accepted.",
    ],
  ],
  unknown: [account({ files: undefined })],
});
