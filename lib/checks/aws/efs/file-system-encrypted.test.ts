import { testCheck } from "#lib/checks/test-check.ts";
import { fileSystemEncrypted } from "./file-system-encrypted.ts";

const fileSystem = {
  fileSystemId: "fs-01234567",
  state: "available",
  createdAt: null,
  kmsKeyId: null,
  performanceMode: "generalPurpose",
  throughputMode: "elastic",
  availabilityZone: null,
  mountTargets: 3,
};

testCheck(fileSystemEncrypted, {
  pass: [{ config: { ...fileSystem, encrypted: true } }],
  fail: [[{ config: { ...fileSystem, encrypted: false } }, "The file system is not encrypted."]],
  unknown: [{ config: fileSystem }],
});
