import { testCheck } from "#lib/checks/test-check.ts";
import { volumeEncrypted } from "./volume-encrypted.ts";

const volume = { state: "in-use", kmsKeyId: null, sizeGib: 8, type: "gp3", createdAt: null, attachedTo: [] };

testCheck(volumeEncrypted, {
  pass: [{ config: { ...volume, encrypted: true } }],
  fail: [[{ config: { ...volume, encrypted: false } }, "The volume is not encrypted."]],
  unknown: [{ config: volume }],
});
