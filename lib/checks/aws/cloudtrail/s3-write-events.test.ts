import { testCheck } from "#lib/checks/test-check.ts";
import type { ResourceConfigs } from "#lib/inventory/kinds.ts";
import { s3WriteEvents } from "./s3-write-events.ts";

const none = { basic: [], advanced: [] };
const trail = (change: Partial<ResourceConfigs["aws.cloudtrail.trail"]> = {}, name = "main") => ({
  kind: "aws.cloudtrail.trail" as const,
  name,
  config: {
    homeRegion: "eu-west-1",
    isMultiRegion: true,
    isOrganization: false,
    bucketName: "trail-logs",
    logGroupArn: null,
    snsTopicArn: null,
    status: { isLogging: true, latestDeliveryError: null },
    eventSelectors: none,
    ...change,
  },
});
const stopped = { isLogging: false, latestDeliveryError: null };
const field = (name: string, ...equals: string[]) => ({
  field: name,
  equals,
  startsWith: [] as string[],
  endsWith: [],
  notEquals: [] as string[],
  notStartsWith: [],
  notEndsWith: [],
});
const advanced = (...selectors: ReturnType<typeof field>[][]) => ({
  eventSelectors: { basic: [], advanced: selectors.map((fields) => ({ name: null, fields })) },
});
const account = (...related: ReturnType<typeof trail>[]) => ({ config: {}, related });

const basic = (
  readWriteType: "All" | "ReadOnly" | "WriteOnly",
  value = "arn:aws:s3",
  type = "AWS::S3::Object",
) => ({
  eventSelectors: {
    basic: [
      {
        readWriteType,
        includeManagementEvents: true,
        excludedManagementSources: [],
        dataResources: [{ type, values: [value] }],
      },
    ],
    advanced: [],
  },
});
const objects = [field("eventCategory", "Data"), field("resources.type", "AWS::S3::Object")];
const within = (prefix: string) => ({ ...field("resources.ARN"), startsWith: [prefix] });
const without = "No multi-region trail records writes of all S3 objects: ";

testCheck(s3WriteEvents, {
  pass: [
    account(trail(basic("All"))),
    account(trail(basic("WriteOnly", "arn:aws:s3:::"))),
    account(trail({}, "management"), trail(basic("All"))),
    account(trail(advanced(objects))),
    account(trail(advanced([...objects, field("readOnly", "false")]))),
    account(trail(advanced([...objects, within("arn:aws:s3:::")]))),
  ],
  fail: [
    [account(), `${without}the account has no trail.`],
    [account(trail()), `${without}main leaves out writes of S3 objects.`],
    [account(trail(basic("ReadOnly"))), `${without}main leaves out writes of S3 objects.`],
    [
      account(trail(basic("All", "arn:aws:s3:::one-bucket/"))),
      `${without}main leaves out writes of S3 objects.`,
    ],
    [
      account(trail(basic("All", "arn:aws:lambda", "AWS::Lambda::Function"))),
      `${without}main leaves out writes of S3 objects.`,
    ],
    [
      account(trail(advanced([...objects, field("readOnly", "true")]))),
      `${without}main leaves out writes of S3 objects.`,
    ],
    [
      account(trail(advanced([...objects, within("arn:aws:s3:::one-bucket/")]))),
      `${without}main leaves out writes of S3 objects.`,
    ],
    [account(trail({ ...basic("All"), isMultiRegion: false })), `${without}main covers eu-west-1 alone.`],
    [account(trail({ ...basic("All"), status: stopped })), `${without}main is not logging.`],
  ],
  unknown: [
    { ...account(trail()), incomplete: ["aws.cloudtrail.trail"] },
    account(trail({ eventSelectors: undefined })),
    account(trail({ ...basic("All"), status: undefined })),
  ],
});
