import type { AdvancedEventSelector, EventSelector, Tag, Trail } from "@aws-sdk/client-cloudtrail";
import { type AwsAccount, AwsError, type Call } from "../model.ts";
import type { Operations } from "./operations.ts";
import { takePage } from "./paging.ts";
import { s3State } from "./s3/state.ts";
import { accountState, findAccount } from "./state.ts";

export type TrailState = {
  trail: Trail & { Name: string; TrailARN: string; HomeRegion: string };
  isLogging: boolean;
  startedAt: Date | null;
  stoppedAt: Date | null;
  latestDeliveryError: string | null;
  eventSelectors: EventSelector[];
  advancedEventSelectors: AdvancedEventSelector[];
  tags: Tag[];
};

/** An account's trails by ARN, whatever their home region. */
export const cloudTrailState = accountState("cloudtrail", () => new Map<string, TrailState>());

export const managementEvents: EventSelector[] = [
  {
    ReadWriteType: "All",
    IncludeManagementEvents: true,
    DataResources: [],
    ExcludeManagementEventSources: [],
  },
];

export const cloudTrailHandlers = {
  DescribeTrails: (input, call) => {
    const wanted = input.trailNameList;
    const listed = listVisible(call).filter(
      ({ trail }) =>
        (input.includeShadowTrails !== false || isAtHome(trail, call)) &&
        (!wanted?.length || wanted.some((name) => name === trail.Name || name === trail.TrailARN)),
    );
    return { trailList: listed.map(({ trail }) => trail) };
  },
  ListTrails: (input, call) => {
    const page = takePage(listVisible(call), {
      token: input.NextToken,
      max: undefined,
      key: ({ trail }) => trail.TrailARN,
    });
    return {
      Trails: page.items.map(({ trail: { TrailARN, Name, HomeRegion } }) => ({ TrailARN, Name, HomeRegion })),
      NextToken: page.next,
    };
  },
  GetTrail: (input, call) => ({ Trail: findTrail(input.Name, call).trail }),
  GetTrailStatus: (input, call) => {
    const { isLogging, startedAt, stoppedAt, latestDeliveryError } = findTrail(input.Name, call);
    return {
      IsLogging: isLogging,
      ...(startedAt ? { StartLoggingTime: startedAt, TimeLoggingStarted: toTime(startedAt) } : {}),
      ...(stoppedAt ? { StopLoggingTime: stoppedAt, TimeLoggingStopped: toTime(stoppedAt) } : {}),
      ...(isLogging ? { LatestDeliveryTime: call.now } : {}),
      ...(latestDeliveryError ? { LatestDeliveryError: latestDeliveryError } : {}),
    };
  },
  GetEventSelectors: (input, call) => {
    const { trail, eventSelectors, advancedEventSelectors } = findTrail(input.TrailName, call);
    return {
      TrailARN: trail.TrailARN,
      ...(advancedEventSelectors.length > 0
        ? { AdvancedEventSelectors: advancedEventSelectors }
        : { EventSelectors: eventSelectors }),
    };
  },
  PutEventSelectors: (input, call) => {
    const found = findTrailAtHome(input.TrailName, call);
    const { EventSelectors: basic = [], AdvancedEventSelectors: advanced = [] } = input;
    if (basic.length > 0 === advanced.length > 0 || basic.length > 5) {
      throw new AwsError(
        "InvalidEventSelectorsException",
        "A trail has one to five event selectors, or advanced event selectors, and never both.",
      );
    }
    found.eventSelectors = basic;
    found.advancedEventSelectors = advanced;
    found.trail.HasCustomEventSelectors = true;
    return {
      TrailARN: found.trail.TrailARN,
      EventSelectors: input.EventSelectors,
      AdvancedEventSelectors: input.AdvancedEventSelectors,
    };
  },

  CreateTrail: (input, call) => {
    const trails = cloudTrailState(findAccount(call));
    const Name = input.Name ?? "";
    const TrailARN = `arn:aws:cloudtrail:${call.region}:${call.account}:trail/${Name}`;
    if (trails.has(TrailARN)) {
      throw new AwsError(
        "TrailAlreadyExistsException",
        `Trail ${Name} already exists for customer: ${call.account}`,
      );
    }
    const atHome = [...trails.values()].filter(({ trail }) => trail.HomeRegion === call.region);
    if (atHome.length >= 5) {
      throw new AwsError(
        "MaximumNumberOfTrailsExceededException",
        `User: ${call.account} already has 5 trails in ${call.region}.`,
      );
    }
    checkCoverage(input.IsMultiRegionTrail ?? false, input.IncludeGlobalServiceEvents ?? true);
    checkBucket(input.S3BucketName, call);
    const trail = {
      Name,
      TrailARN,
      HomeRegion: call.region,
      S3BucketName: input.S3BucketName,
      S3KeyPrefix: input.S3KeyPrefix,
      IncludeGlobalServiceEvents: input.IncludeGlobalServiceEvents ?? true,
      IsMultiRegionTrail: input.IsMultiRegionTrail ?? false,
      LogFileValidationEnabled: input.EnableLogFileValidation ?? false,
      CloudWatchLogsLogGroupArn: input.CloudWatchLogsLogGroupArn,
      CloudWatchLogsRoleArn: input.CloudWatchLogsRoleArn,
      KmsKeyId: input.KmsKeyId,
      IsOrganizationTrail: input.IsOrganizationTrail ?? false,
      HasCustomEventSelectors: false,
      HasInsightSelectors: false,
    };
    trails.set(TrailARN, {
      trail,
      isLogging: false,
      startedAt: null,
      stoppedAt: null,
      latestDeliveryError: null,
      eventSelectors: managementEvents,
      advancedEventSelectors: [],
      tags: input.TagsList ?? [],
    });
    return trail;
  },
  UpdateTrail: (input, call) => {
    const { trail } = findTrailAtHome(input.Name, call);
    const { Name: _, EnableLogFileValidation, ...given } = input;
    if (given.S3BucketName) checkBucket(given.S3BucketName, call);
    checkCoverage(
      given.IsMultiRegionTrail ?? trail.IsMultiRegionTrail ?? false,
      given.IncludeGlobalServiceEvents ?? trail.IncludeGlobalServiceEvents ?? true,
    );
    if (given.KmsKeyId?.startsWith("arn:") && given.KmsKeyId.split(":")[3] !== call.region) {
      throw new AwsError("KmsKeyNotFoundException", `KMS key ${given.KmsKeyId} isn't in ${call.region}.`);
    }
    for (const [member, value] of Object.entries(given)) {
      if (value !== undefined) Object.assign(trail, { [member]: value });
    }
    if (EnableLogFileValidation !== undefined) trail.LogFileValidationEnabled = EnableLogFileValidation;
    // An empty id takes the key away.
    if (given.KmsKeyId === "") trail.KmsKeyId = undefined;
    return trail;
  },
  DeleteTrail: (input, call) => {
    cloudTrailState(findAccount(call)).delete(findTrailAtHome(input.Name, call).trail.TrailARN);
    return {};
  },
  StartLogging: (input, call) => {
    Object.assign(findTrailAtHome(input.Name, call), { isLogging: true, startedAt: call.now });
    return {};
  },
  StopLogging: (input, call) => {
    Object.assign(findTrailAtHome(input.Name, call), { isLogging: false, stoppedAt: call.now });
    return {};
  },
  ListTags: (input, call) => ({
    ResourceTagList: (input.ResourceIdList ?? []).map((ResourceId) => ({
      ResourceId,
      TagsList: findTrail(ResourceId, call).tags,
    })),
  }),
  LookupEvents: () => ({ Events: [] }),
} satisfies Operations<typeof import("@aws-sdk/client-cloudtrail")>;

/** What a region shows: its own trails, shadows of those for all regions, and those of the organization. */
function listVisible(call: Call): TrailState[] {
  const own = findAccount(call);
  return [...call.estate.accounts.values()].flatMap((account: AwsAccount) =>
    [...cloudTrailState(account).values()].filter(
      ({ trail }) =>
        (account === own || trail.IsOrganizationTrail) &&
        (trail.IsMultiRegionTrail || trail.HomeRegion === call.region),
    ),
  );
}

function isAtHome(trail: TrailState["trail"], call: Call): boolean {
  return trail.HomeRegion === call.region && trail.TrailARN.split(":")[4] === call.account;
}

/** By name in the trail's home region, by ARN in all where it shows. */
function findTrail(name: string | undefined, call: Call): TrailState {
  const found = listVisible(call).find(
    ({ trail }) => trail.TrailARN === name || (trail.Name === name && isAtHome(trail, call)),
  );
  if (!found)
    throw new AwsError("TrailNotFoundException", `Unknown trail: ${name} for the user: ${call.account}`);
  return found;
}

function findTrailAtHome(name: string | undefined, call: Call): TrailState {
  const found = findTrail(name, call);
  if (isAtHome(found.trail, call)) return found;
  throw new AwsError(
    "InvalidHomeRegionException",
    `Trail ${name} was created in ${found.trail.HomeRegion} region and can be changed there alone.`,
  );
}

function checkCoverage(isMultiRegion: boolean, includesGlobal: boolean): void {
  if (!isMultiRegion || includesGlobal) return;
  throw new AwsError(
    "InvalidParameterCombinationException",
    "Multi-Region trail must include global service events.",
  );
}

function checkBucket(name: string | undefined, call: Call): void {
  if ([...call.estate.accounts.values()].some((account) => s3State(account).has(name ?? ""))) return;
  throw new AwsError("S3BucketDoesNotExistException", `S3 bucket ${name} does not exist!`);
}

function toTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
