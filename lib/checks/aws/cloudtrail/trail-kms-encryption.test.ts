import { testCheck } from "#lib/checks/test-check.ts";
import { trailKmsEncryption } from "./trail-kms-encryption.ts";

const trail = {
  homeRegion: "eu-west-1",
  isOrganization: false,
  bucketName: "trail-logs",
  logGroupArn: null,
  snsTopicArn: null,
};

testCheck(trailKmsEncryption, {
  pass: [{ config: { ...trail, kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1" } }],
  fail: [[{ config: { ...trail, kmsKeyId: null } }, "The trail has no KMS key."]],
  unknown: [{ config: trail }],
});
