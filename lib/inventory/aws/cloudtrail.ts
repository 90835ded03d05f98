import {
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  type GetEventSelectorsCommandOutput,
  GetTrailStatusCommand,
  ListTagsCommand,
  type Trail,
} from "@aws-sdk/client-cloudtrail";
import {
  cut,
  Listing,
  MalformedAnswer,
  namingFailures,
  oneOf,
  readAndUnread,
  readPromised,
  required,
  tagRecord,
} from "../answers.ts";
import type { Resource } from "../model.ts";
import type { CloudTrailKinds } from "./cloudtrail.kinds.ts";
import type { AwsCollector, AwsContext } from "./collector.ts";

type EventSelectors = CloudTrailKinds["aws.cloudtrail.trail"]["eventSelectors"];

/** Reads the trails whose home is the region; a multi-region trail shows in every region and is read in one. */
export const trails: AwsCollector<"aws.cloudtrail.trail"> = {
  kind: "aws.cloudtrail.trail",
  cloud: "aws",
  service: "cloudtrail",
  scope: "regional",
  permissions: [
    "cloudtrail:DescribeTrails",
    "cloudtrail:GetTrailStatus",
    "cloudtrail:GetEventSelectors",
    "cloudtrail:ListTags",
  ],
  async *collect(context) {
    const { clients, region, signal } = context;
    // The call isn't paged: a region has five trails of its own at most.
    const all = await namingFailures("cloudtrail:DescribeTrails", async () => {
      const command = new DescribeTrailsCommand({ includeShadowTrails: true });
      const answer = await clients.cloudtrail.send(command, { abortSignal: signal });
      return required(answer.trailList, "trailList");
    });
    const atHome = all.filter((trail) => required(trail.HomeRegion, "HomeRegion") === region);
    yield* context.each(new Listing("cloudtrail:DescribeTrails", atHome), (trail) =>
      describeTrail(context, trail),
    );
  },
};

/**
 * A trail of the account's own that isn't found was deleted meanwhile. An organization's, which is another account's, is
 * rather kept from view: leaving it out would say that nothing watches.
 */
const goneOf = (uid: string, account: string): string[] =>
  isOwn(uid, account) ? ["TrailNotFoundException"] : [];

const isOwn = (uid: string, account: string): boolean => uid.split(":")[4] === account;

async function describeTrail(
  context: AwsContext,
  trail: Trail,
): Promise<Resource<"aws.cloudtrail.trail"> | null> {
  const { account } = context;
  const uid = required(trail.TrailARN, "TrailARN");
  const [status, eventSelectors, tags] = await Promise.all([
    readStatus(context, uid),
    readEventSelectors(context, uid),
    readTags(context, uid),
  ]);
  const facets = readAndUnread({ status: status ?? undefined, eventSelectors: eventSelectors ?? undefined });
  const promised = await readPromised(context, uid, "cloudtrail:DescribeTrails", {
    isMultiRegion: trail.IsMultiRegionTrail,
    includesGlobalServiceEvents: trail.IncludeGlobalServiceEvents,
    logFileValidation: trail.LogFileValidationEnabled,
  });
  const unread = [...promised.unread, ...facets.unread];
  const homeRegion = required(trail.HomeRegion, "HomeRegion");
  return {
    uid,
    kind: "aws.cloudtrail.trail",
    account,
    region: homeRegion,
    name: cut(required(trail.Name, "Name")),
    tags: tags ?? {},
    config: {
      homeRegion,
      ...promised.read,
      isOrganization: required(trail.IsOrganizationTrail, "IsOrganizationTrail"),
      kmsKeyId: trail.KmsKeyId ?? null,
      bucketName: trail.S3BucketName ?? null,
      logGroupArn: trail.CloudWatchLogsLogGroupArn ?? null,
      snsTopicArn: trail.SnsTopicARN ?? null,
      ...facets.read,
    },
    unread: tags === undefined ? [...unread, "tags"] : unread,
  };
}

function readStatus({ account, clients, signal, read }: AwsContext, uid: string) {
  return read(
    uid,
    "cloudtrail:GetTrailStatus",
    async () => {
      const answer = await clients.cloudtrail.send(new GetTrailStatusCommand({ Name: uid }), {
        abortSignal: signal,
      });
      return {
        isLogging: required(answer.IsLogging, "IsLogging"),
        latestDeliveryError: answer.LatestDeliveryError || null,
      };
    },
    { gone: goneOf(uid, account) },
  );
}

function readEventSelectors({ account, clients, signal, read }: AwsContext, uid: string) {
  return read(
    uid,
    "cloudtrail:GetEventSelectors",
    async () => {
      const command = new GetEventSelectorsCommand({ TrailName: uid });
      return eventSelectorsOf(await clients.cloudtrail.send(command, { abortSignal: signal }));
    },
    { gone: goneOf(uid, account) },
  );
}

/** A trail has basic or advanced selectors, and the answer holds the one list or the other. */
export function eventSelectorsOf(
  answer: Pick<GetEventSelectorsCommandOutput, "EventSelectors" | "AdvancedEventSelectors">,
): EventSelectors {
  const { EventSelectors, AdvancedEventSelectors } = answer;
  if (!EventSelectors && !AdvancedEventSelectors)
    throw new MalformedAnswer("The answer has no event selectors.");
  return {
    basic: (EventSelectors ?? []).map((selector) => ({
      readWriteType: oneOf(selector.ReadWriteType, ["All", "ReadOnly", "WriteOnly"], "ReadWriteType"),
      includeManagementEvents: required(selector.IncludeManagementEvents, "IncludeManagementEvents"),
      excludedManagementSources: selector.ExcludeManagementEventSources ?? [],
      dataResources: (selector.DataResources ?? []).map((data) => ({
        type: required(data.Type, "DataResources.Type"),
        values: data.Values ?? [],
      })),
    })),
    advanced: (AdvancedEventSelectors ?? []).map((selector) => ({
      name: selector.Name ?? null,
      fields: required(selector.FieldSelectors, "FieldSelectors").map((field) => ({
        field: required(field.Field, "Field"),
        equals: field.Equals ?? [],
        startsWith: field.StartsWith ?? [],
        endsWith: field.EndsWith ?? [],
        notEquals: field.NotEquals ?? [],
        notStartsWith: field.NotStartsWith ?? [],
        notEndsWith: field.NotEndsWith ?? [],
      })),
    })),
  };
}

function readTags({ account, clients, signal, read }: AwsContext, uid: string) {
  // An organization's trail is tagged in its management account, which alone may ask for them.
  if (!isOwn(uid, account)) return Promise.resolve(null);
  return read(
    uid,
    "cloudtrail:ListTags",
    async () => {
      const answer = await clients.cloudtrail.send(new ListTagsCommand({ ResourceIdList: [uid] }), {
        abortSignal: signal,
      });
      const list = required(answer.ResourceTagList, "ResourceTagList").find(
        (entry) => entry.ResourceId === uid,
      );
      return tagRecord((list?.TagsList ?? []).map((tag) => [tag.Key, tag.Value]));
    },
    { gone: [...goneOf(uid, account), "ResourceNotFoundException"] },
  );
}
