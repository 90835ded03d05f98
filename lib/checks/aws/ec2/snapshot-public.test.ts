import { testCheck } from "#lib/checks/test-check.ts";
import { snapshotPublic } from "./snapshot-public.ts";

const snapshot = {
  state: "completed",
  encrypted: false,
  kmsKeyId: null,
  volumeId: "vol-1",
  sizeGib: 8,
  createdAt: null,
};

testCheck(snapshotPublic, {
  pass: [{ config: { ...snapshot, isPublic: false } }],
  fail: [[{ config: { ...snapshot, isPublic: true } }, "Every AWS account may copy this snapshot."]],
  unknown: [{ config: snapshot }],
});
