import { testCheck } from "#lib/checks/test-check.ts";
import { trailLogValidation } from "./trail-log-validation.ts";

const trail = {
  homeRegion: "eu-west-1",
  isOrganization: false,
  bucketName: "trail-logs",
  logGroupArn: null,
  snsTopicArn: null,
};

testCheck(trailLogValidation, {
  pass: [{ config: { ...trail, logFileValidation: true } }],
  fail: [[{ config: { ...trail, logFileValidation: false } }, "Log file validation is off."]],
  unknown: [{ config: trail }],
});
