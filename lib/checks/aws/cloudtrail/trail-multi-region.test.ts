import { testCheck } from "#lib/checks/test-check.ts";
import { trailMultiRegion } from "./trail-multi-region.ts";

const trail = {
  homeRegion: "eu-west-1",
  isOrganization: false,
  bucketName: "trail-logs",
  logGroupArn: null,
  snsTopicArn: null,
};

testCheck(trailMultiRegion, {
  pass: [{ config: { ...trail, isMultiRegion: true } }],
  fail: [[{ config: { ...trail, isMultiRegion: false } }, "The trail covers eu-west-1 alone."]],
  unknown: [{ config: trail }],
});
