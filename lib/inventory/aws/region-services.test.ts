import { describe, expect, it } from "vitest";
import { configRegion } from "./config.ts";
import { guardDutyRegion } from "./guardduty.ts";
import { account, collect, failure } from "./test-answers.ts";

const uid = (service: string) => `arn:aws:${service}:eu-west-1:${account}:account-settings`;
const place = { account, region: "eu-west-1", name: "eu-west-1", tags: {} };

describe("AWS Config", () => {
  const recorders = {
    ConfigurationRecorders: [
      {
        name: "default",
        recordingGroup: {
          allSupported: true,
          includeGlobalResourceTypes: true,
          resourceTypes: [],
          exclusionByResourceTypes: { resourceTypes: [] },
          recordingStrategy: { useOnly: "ALL_SUPPORTED_RESOURCE_TYPES" },
        },
      },
      { name: "old", recordingGroup: { allSupported: false, resourceTypes: ["AWS::S3::Bucket"] } },
      { name: "theirs", servicePrincipal: "securityhub.amazonaws.com" },
    ],
  };
  const status = {
    ConfigurationRecordersStatus: [
      { name: "default", recording: true, lastStatus: "SUCCESS" },
      { name: "theirs", recording: true, servicePrincipal: "securityhub.amazonaws.com" },
    ],
  };

  it("is read whole, without the recorders of services", async () => {
    const read = await collect(configRegion, {
      DescribeConfigurationRecorders: JSON.stringify(recorders),
      DescribeConfigurationRecorderStatus: JSON.stringify(status),
      DescribeDeliveryChannels: JSON.stringify({
        DeliveryChannels: [{ name: "default", s3BucketName: "logs" }],
      }),
    });
    expect(read).toMatchObject({ gaps: [], thrown: null });
    expect(read.resources).toEqual([
      {
        ...place,
        uid: uid("config"),
        kind: "aws.config.region",
        config: {
          recorders: [
            {
              name: "default",
              strategy: "ALL_SUPPORTED_RESOURCE_TYPES",
              includesGlobalTypes: true,
              includedTypes: [],
              excludedTypes: [],
            },
            {
              name: "old",
              strategy: "INCLUSION_BY_RESOURCE_TYPES",
              includesGlobalTypes: false,
              includedTypes: ["AWS::S3::Bucket"],
              excludedTypes: [],
            },
          ],
          recorderStatus: [{ name: "default", isRecording: true, lastStatus: "SUCCESS" }],
          deliveryChannels: [{ name: "default", bucketName: "logs" }],
        },
        unread: [],
      },
    ]);
  });

  it("is absent, not off, when refused or answered without its lists", async () => {
    const read = await collect(configRegion, {
      DescribeConfigurationRecorders: failure("AccessDeniedException"),
      DescribeConfigurationRecorderStatus: "{}",
      DescribeDeliveryChannels: JSON.stringify({ DeliveryChannels: [] }),
    });
    expect(read.resources).toMatchObject([
      { config: { deliveryChannels: [] }, unread: ["recorders", "recorderStatus"] },
    ]);
    expect(read.gaps.map(({ operation, code }) => `${operation} ${code}`).sort()).toEqual([
      "config:DescribeConfigurationRecorderStatus malformed",
      "config:DescribeConfigurationRecorders denied",
    ]);
  });
});

describe("GuardDuty", () => {
  const features = [
    { name: "S3_DATA_EVENTS", status: "ENABLED" },
    { name: "EKS_AUDIT_LOGS", status: "DISABLED" },
    { name: "CLOUD_TRAIL", status: "ENABLED" },
  ];
  const resource = { ...place, uid: uid("guardduty"), kind: "aws.guardduty.region" };

  it("has a detector, or none", async () => {
    const read = await collect(guardDutyRegion, {
      "GET /detector": JSON.stringify({ detectorIds: ["12abc34d"] }),
      "GET /detector/12abc34d": JSON.stringify({ status: "ENABLED", serviceRole: "r", features }),
    });
    const detector = { id: "12abc34d", enabled: true, features: ["CLOUD_TRAIL", "S3_DATA_EVENTS"] };
    expect(read).toMatchObject({ gaps: [], thrown: null });
    expect(read.resources).toEqual([{ ...resource, config: { detector }, unread: [] }]);

    const none = await collect(guardDutyRegion, { "GET /detector": JSON.stringify({ detectorIds: [] }) });
    expect(none).toMatchObject({
      gaps: [],
      resources: [{ ...resource, config: { detector: null }, unread: [] }],
    });
  });

  it("is absent, not off, when either call is refused or says nothing", async () => {
    const denied = await collect(guardDutyRegion, { "GET /detector": failure("AccessDeniedException", 403) });
    const silent = await collect(guardDutyRegion, {
      "GET /detector": JSON.stringify({ detectorIds: ["12abc34d"] }),
      "GET /detector/12abc34d": "{}",
    });
    for (const read of [denied, silent]) {
      expect(read.resources).toEqual([{ ...resource, config: {}, unread: ["detector"] }]);
    }
    expect(denied.gaps).toMatchObject([{ operation: "guardduty:ListDetectors", code: "denied" }]);
    expect(silent.gaps).toMatchObject([{ operation: "guardduty:GetDetector", code: "malformed" }]);
  });
});
