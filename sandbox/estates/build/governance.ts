import type { ReasonCode, Type } from "@aws-sdk/client-accessanalyzer";
import type { AdvancedEventSelector, EventSelector } from "@aws-sdk/client-cloudtrail";
import { accessAnalyzerState } from "#sandbox/aws/handlers/accessanalyzer.ts";
import { cloudTrailState, managementEvents } from "#sandbox/aws/handlers/cloudtrail.ts";
import { allTypes, configState } from "#sandbox/aws/handlers/config.ts";
import { guardDutyState, newDetector } from "#sandbox/aws/handlers/guardduty.ts";
import { newHub, securityHubState } from "#sandbox/aws/handlers/securityhub.ts";
import { arnOf, daysAgo, type Site, type Tags, toTags } from "./site.ts";

export type TrailSpec = {
  name: string;
  bucket: string;
  isMultiRegion?: boolean;
  isValidated?: boolean;
  kmsKeyArn?: string;
  logGroupArn?: string;
  /** Days since logging was stopped. */
  stoppedDaysAgo?: number;
  latestDeliveryError?: string;
  eventSelectors?: EventSelector[];
  advancedEventSelectors?: AdvancedEventSelector[];
  ageDays: number;
  tags?: Tags;
};

export function addTrail(site: Site, spec: TrailSpec): void {
  const TrailARN = arnOf(site, "cloudtrail", `trail/${spec.name}`);
  const stopped = spec.stoppedDaysAgo;
  cloudTrailState(site.account).set(TrailARN, {
    trail: {
      Name: spec.name,
      TrailARN,
      HomeRegion: site.region,
      S3BucketName: spec.bucket,
      IncludeGlobalServiceEvents: spec.isMultiRegion ?? false,
      IsMultiRegionTrail: spec.isMultiRegion ?? false,
      LogFileValidationEnabled: spec.isValidated ?? false,
      KmsKeyId: spec.kmsKeyArn,
      CloudWatchLogsLogGroupArn: spec.logGroupArn,
      IsOrganizationTrail: false,
      HasCustomEventSelectors: Boolean(spec.eventSelectors ?? spec.advancedEventSelectors),
      HasInsightSelectors: false,
    },
    isLogging: stopped === undefined,
    startedAt: daysAgo(site, spec.ageDays),
    stoppedAt: stopped === undefined ? null : daysAgo(site, stopped),
    latestDeliveryError: spec.latestDeliveryError ?? null,
    eventSelectors: spec.eventSelectors ?? managementEvents,
    advancedEventSelectors: spec.advancedEventSelectors ?? [],
    tags: toTags(spec.tags ?? {}),
  });
}

/** Switches on AWS Config in a region; `stopped`: set up, and not recording. */
export function addRecorder(
  site: Site,
  options: { bucket: string; includesGlobal: boolean; state?: "recording" | "stopped" | "failing" },
): void {
  const { bucket, includesGlobal, state = "recording" } = options;
  const config = configState(site.account, site.region);
  const arn = arnOf(site, "config", "configuration-recorder/default");
  config.recorder = {
    name: "default",
    arn,
    roleARN: `arn:aws:iam::${site.account.id}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
    recordingGroup: allTypes(includesGlobal),
    recordingMode: { recordingFrequency: "CONTINUOUS" },
    recordingScope: "PAID",
  };
  config.status = {
    name: "default",
    arn,
    recording: state !== "stopped",
    lastStartTime: daysAgo(site, 500),
    lastStatus: state === "failing" ? "Failure" : "Success",
    lastStatusChangeTime: daysAgo(site, 1),
    ...(state === "failing"
      ? { lastErrorCode: "AccessDenied", lastErrorMessage: "The bucket's policy refuses the delivery." }
      : {}),
    ...(state === "stopped" ? { lastStopTime: daysAgo(site, 88) } : {}),
  };
  config.channel = { name: "default", s3BucketName: bucket };
}

export function addDetector(site: Site, options: { isEnabled?: boolean; tags?: Tags } = {}): void {
  guardDutyState(site.account, site.region).detector = newDetector(
    site.random.hex(32),
    site.account.id,
    daysAgo(site, 420),
    {
      isEnabled: options.isEnabled ?? true,
      tags: options.tags ?? {},
      features: [{ Name: "S3_DATA_EVENTS", Status: "ENABLED" }],
    },
  );
}

/** @param failed Why the analyzer does not work: the reason that Access Analyzer gives. */
export function addAnalyzer(
  site: Site,
  name: string,
  type: Type,
  options: { failed?: ReasonCode; tags?: Tags } = {},
): void {
  const { failed, tags = {} } = options;
  accessAnalyzerState(site.account, site.region).set(name, {
    name,
    arn: arnOf(site, "access-analyzer", `analyzer/${name}`),
    type,
    createdAt: daysAgo(site, 380),
    tags,
    ...(failed === undefined
      ? { status: "ACTIVE", lastResourceAnalyzedAt: daysAgo(site, 1) }
      : { status: "FAILED", statusReason: { code: failed } }),
  });
}

export function enableSecurityHub(site: Site): void {
  const place = { account: site.account.id, region: site.region };
  securityHubState(site.account, site.region).on = newHub(place, daysAgo(site, 400), true);
}
