import { testCheck } from "#lib/checks/test-check.ts";
import { ebsDefaultEncryption } from "./ebs-default-encryption.ts";

testCheck(ebsDefaultEncryption, {
  pass: [{ config: { ebsEncryptionByDefault: true } }],
  fail: [[{ config: { ebsEncryptionByDefault: false } }, "EBS encryption by default is off in this region."]],
  unknown: [{ config: {} }, { config: { ebsDefaultKmsKeyId: "alias/aws/ebs" } }],
});
