import { beforeEach, expect, it } from "vitest";
import type { Call } from "../model.ts";
import { cloudTrailHandlers as cloudTrail } from "./cloudtrail.ts";
import { configHandlers as config } from "./config.ts";
import { guardDutyHandlers as guardDuty } from "./guardduty.ts";
import { kmsHandlers as kms } from "./kms.ts";
import { rdsHandlers as rds, rdsState } from "./rds.ts";
import { bucketHandlers } from "./s3/buckets.ts";
import { findAccount } from "./state.ts";
import { createTestAccount } from "./test-call.ts";

const code = (expected: string) => expect.objectContaining({ code: expected });
let home: Call;
let away: Call;
beforeEach(() => {
  const { callIn } = createTestAccount();
  home = callIn("us-east-1");
  away = callIn("eu-west-1");
});

it("CloudTrail shows trails for all regions everywhere, and changes them at home", () => {
  const Name = "all";
  const input = { Name, S3BucketName: "logs" };
  expect(() => cloudTrail.CreateTrail(input, home)).toThrow(code("S3BucketDoesNotExistException"));
  bucketHandlers.CreateBucket({ Bucket: "logs" }, home);
  const { TrailARN } = cloudTrail.CreateTrail(input, home);
  expect(cloudTrail.DescribeTrails({}, away).trailList).toEqual([]);
  cloudTrail.UpdateTrail({ Name, IsMultiRegionTrail: true, EnableLogFileValidation: true }, home);
  expect(cloudTrail.DescribeTrails({}, away).trailList).toMatchObject([
    { TrailARN, HomeRegion: "us-east-1", IsMultiRegionTrail: true, LogFileValidationEnabled: true },
  ]);
  expect(cloudTrail.DescribeTrails({ includeShadowTrails: false }, away).trailList).toEqual([]);
  expect(cloudTrail.GetTrailStatus({ Name }, home)).toEqual({ IsLogging: false });
  expect(() => cloudTrail.StartLogging({ Name: TrailARN }, away)).toThrow(code("InvalidHomeRegionException"));
  cloudTrail.StartLogging({ Name }, home);
  expect(cloudTrail.GetTrailStatus({ Name: TrailARN }, away)).toMatchObject({ IsLogging: true });
  expect(() => cloudTrail.GetTrailStatus({ Name }, away)).toThrow(code("TrailNotFoundException"));
});

it("KMS rotates only keys that can, and only while they are in force", () => {
  const { Arn, KeyId } = kms.CreateKey({}, home).KeyMetadata;
  expect(kms.GetKeyRotationStatus({ KeyId: Arn }, home)).toEqual({ KeyId: Arn, KeyRotationEnabled: false });
  kms.EnableKeyRotation({ KeyId, RotationPeriodInDays: 180 }, home);
  expect(kms.GetKeyRotationStatus({ KeyId }, home)).toEqual({
    KeyId: Arn,
    KeyRotationEnabled: true,
    RotationPeriodInDays: 180,
  });
  kms.CreateAlias({ AliasName: "alias/data", TargetKeyId: KeyId }, home);
  expect(kms.DescribeKey({ KeyId: "alias/data" }, home).KeyMetadata.KeyId).toBe(KeyId);
  kms.ScheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 }, home);
  expect(() => kms.EnableKeyRotation({ KeyId }, home)).toThrow(code("KMSInvalidStateException"));
  const signing = kms.CreateKey({ KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" }, home).KeyMetadata;
  expect(() => kms.GetKeyRotationStatus({ KeyId: signing.KeyId }, home)).toThrow(
    code("UnsupportedOperationException"),
  );
  expect(() => kms.DescribeKey({ KeyId }, away)).toThrow(code("NotFoundException"));
});

it("KMS lists all keys over its pages", () => {
  const ids = Array.from({ length: 120 }, () => kms.CreateKey({}, home).KeyMetadata.KeyId);
  const seen: string[] = [];
  let Marker: string | undefined;
  do {
    const page = kms.ListKeys({ Marker, Limit: 1000 }, home);
    seen.push(...page.Keys.map((key) => key.KeyId));
    expect(page.Truncated).toBe(page.NextMarker !== undefined);
    Marker = page.NextMarker;
  } while (Marker);
  expect(seen).toEqual(ids);
});

it("AWS Config records once it has a recorder and a channel, in that order", () => {
  const name = "default";
  const DeliveryChannel = { name, s3BucketName: "logs" };
  expect(() => config.PutDeliveryChannel({ DeliveryChannel }, home)).toThrow(
    code("NoAvailableConfigurationRecorderException"),
  );
  const ConfigurationRecorder = { name, roleARN: "arn:aws:iam::123456789012:role/config" };
  config.PutConfigurationRecorder({ ConfigurationRecorder }, home);
  const start = () => config.StartConfigurationRecorder({ ConfigurationRecorderName: name }, home);
  expect(start).toThrow(code("NoAvailableDeliveryChannelException"));
  expect(() => config.PutDeliveryChannel({ DeliveryChannel }, home)).toThrow(code("NoSuchBucketException"));
  bucketHandlers.CreateBucket({ Bucket: "logs" }, home);
  config.PutDeliveryChannel({ DeliveryChannel }, home);
  start();
  expect(config.DescribeConfigurationRecorderStatus({}, home).ConfigurationRecordersStatus).toEqual([
    { name, recording: true, lastStatus: "Pending", lastStartTime: home.now },
  ]);
  expect(config.DescribeConfigurationRecorders({}, away)).toEqual({ ConfigurationRecorders: [] });

  const removeChannel = () => config.DeleteDeliveryChannel({ DeliveryChannelName: name }, home);
  expect(removeChannel).toThrow(code("LastDeliveryChannelDeleteFailedException"));
  config.StopConfigurationRecorder({ ConfigurationRecorderName: name }, home);
  removeChannel();
  expect(removeChannel).toThrow(code("NoSuchDeliveryChannelException"));
  config.DeleteConfigurationRecorder({ ConfigurationRecorderName: name }, home);
  expect(config.DescribeConfigurationRecorderStatus({}, home)).toEqual({ ConfigurationRecordersStatus: [] });
});

it("GuardDuty has one detector in a region", () => {
  const { DetectorId } = guardDuty.CreateDetector({ Enable: true }, home);
  expect(() => guardDuty.CreateDetector({ Enable: true }, home)).toThrow(code("BadRequestException"));
  guardDuty.UpdateDetector({ DetectorId, Enable: false }, home);
  expect(guardDuty.GetDetector({ DetectorId }, home).Status).toBe("DISABLED");
  expect(guardDuty.ListDetectors({}, away)).toEqual({ DetectorIds: [] });
  expect(() => guardDuty.GetDetector({ DetectorId }, away)).toThrow(code("BadRequestException"));
});

it("RDS changes at once what needs no window, and the rest when told to", () => {
  const DBInstanceIdentifier = "main";
  rdsState(findAccount(home), "us-east-1").instances.set("main", {
    DBInstanceIdentifier,
    DBInstanceStatus: "available",
    PubliclyAccessible: true,
    MultiAZ: false,
  });
  const modify = (input: object) => rds.ModifyDBInstance({ DBInstanceIdentifier, ...input }, home).DBInstance;
  expect(modify({ PubliclyAccessible: false, MultiAZ: true })).toMatchObject({
    PubliclyAccessible: false,
    MultiAZ: false,
    PendingModifiedValues: { MultiAZ: true },
  });
  expect(modify({ MultiAZ: true, ApplyImmediately: true })).toMatchObject({ MultiAZ: true });
  expect(() => rds.DescribeDBInstances({ DBInstanceIdentifier: "other" }, home)).toThrow(
    code("DBInstanceNotFound"),
  );
});
