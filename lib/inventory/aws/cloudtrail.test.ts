import { expect, it } from "vitest";
import { trails } from "./cloudtrail.ts";
import { account, collect, failure } from "./test-answers.ts";

const arn = (name: string, owner = account) => `arn:aws:cloudtrail:eu-west-1:${owner}:trail/${name}`;
const trail = (name: string, rest: object = {}) => ({
  Name: name,
  TrailARN: arn(name),
  HomeRegion: "eu-west-1",
  S3BucketName: "logs",
  IncludeGlobalServiceEvents: true,
  IsMultiRegionTrail: true,
  IsOrganizationTrail: false,
  LogFileValidationEnabled: false,
  HasCustomEventSelectors: true,
  ...rest,
});
const status = JSON.stringify({ IsLogging: true, LatestDeliveryError: "", LatestDeliveryTime: 1.5e9 });
const basic = JSON.stringify({
  TrailARN: arn("main"),
  EventSelectors: [
    {
      ReadWriteType: "All",
      IncludeManagementEvents: true,
      ExcludeManagementEventSources: ["kms.amazonaws.com"],
      DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3"] }],
    },
  ],
});
const tags = JSON.stringify({
  ResourceTagList: [{ ResourceId: arn("main"), TagsList: [{ Key: "team", Value: "security" }] }],
});
const resource = {
  uid: arn("main"),
  kind: "aws.cloudtrail.trail",
  account,
  region: "eu-west-1",
  name: "main",
  tags: { team: "security" },
  config: {
    homeRegion: "eu-west-1",
    isMultiRegion: true,
    isOrganization: false,
    includesGlobalServiceEvents: true,
    logFileValidation: false,
    kmsKeyId: null,
    bucketName: "logs",
    logGroupArn: null,
    snsTopicArn: null,
    status: { isLogging: true, latestDeliveryError: null },
    eventSelectors: {
      basic: [
        {
          readWriteType: "All",
          includeManagementEvents: true,
          excludedManagementSources: ["kms.amazonaws.com"],
          dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }],
        },
      ],
      advanced: [],
    },
  },
  unread: [],
};

it("reads the trails at home in the region, and asks nothing about the others", async () => {
  const read = await collect(trails, {
    DescribeTrails: JSON.stringify({
      trailList: [trail("main"), trail("shadow", { HomeRegion: "us-east-1" })],
    }),
    GetTrailStatus: status,
    GetEventSelectors: basic,
    ListTags: tags,
  });
  expect(read).toMatchObject({ gaps: [], thrown: null });
  expect(read.resources).toEqual([resource]);
  expect(read.actions.sort()).toEqual(["DescribeTrails", "GetEventSelectors", "GetTrailStatus", "ListTags"]);
});

it("reads advanced selectors, and leaves an organization's tags alone", async () => {
  const read = await collect(trails, {
    DescribeTrails: JSON.stringify({
      trailList: [trail("org", { TrailARN: arn("org", "999999999999"), IsOrganizationTrail: true })],
    }),
    GetTrailStatus: status,
    GetEventSelectors: JSON.stringify({
      AdvancedEventSelectors: [
        { Name: "all", FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] },
      ],
    }),
  });
  const none = { startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: [] };
  expect(read).toMatchObject({ gaps: [], thrown: null });
  expect(read.resources.map((found) => [found.uid, found.config.eventSelectors])).toEqual([
    [
      arn("org", "999999999999"),
      {
        basic: [],
        advanced: [{ name: "all", fields: [{ field: "eventCategory", equals: ["Management"], ...none }] }],
      },
    ],
  ]);
});

it("leaves absent what was refused or left out, and out what is gone", async () => {
  const { IsMultiRegionTrail: _, ...sparse } = trail("sparse");
  const read = await collect(trails, {
    DescribeTrails: JSON.stringify({ trailList: [sparse] }),
    GetTrailStatus: failure("AccessDeniedException"),
    GetEventSelectors: "{}",
    ListTags: tags,
  });
  expect(read.resources.map((found) => found.unread)).toEqual([
    ["isMultiRegion", "status", "eventSelectors"],
  ]);
  expect(read.gaps.map(({ operation, code }) => `${operation} ${code}`).sort()).toEqual([
    "cloudtrail:DescribeTrails malformed",
    "cloudtrail:GetEventSelectors malformed",
    "cloudtrail:GetTrailStatus denied",
  ]);

  const gone = await collect(trails, {
    DescribeTrails: JSON.stringify({ trailList: [trail("main")] }),
    GetTrailStatus: failure("TrailNotFoundException"),
    GetEventSelectors: basic,
    ListTags: tags,
  });
  expect(gone).toMatchObject({ resources: [], gaps: [], thrown: null });
});

it("doesn't take an organization's trail for deleted when it is kept from view", async () => {
  const read = await collect(trails, {
    DescribeTrails: JSON.stringify({ trailList: [trail("org", { TrailARN: arn("org", "999999999999") })] }),
    GetTrailStatus: failure("TrailNotFoundException"),
    GetEventSelectors: basic,
  });
  expect(read).toMatchObject({
    resources: [{ uid: arn("org", "999999999999"), unread: ["status"] }],
    gaps: [{ operation: "cloudtrail:GetTrailStatus", code: "unavailable" }],
  });
});

it("throws when the list is refused", async () => {
  const read = await collect(trails, { DescribeTrails: failure("AccessDeniedException") });
  expect(read).toMatchObject({ resources: [], thrown: { operation: "cloudtrail:DescribeTrails" } });
});
