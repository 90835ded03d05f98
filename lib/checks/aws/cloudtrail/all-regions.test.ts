import { testCheck } from "#lib/checks/test-check.ts";
import type { ResourceConfigs } from "#lib/inventory/kinds.ts";
import { allRegions } from "./all-regions.ts";

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

const basic = (readWriteType: "All" | "ReadOnly" | "WriteOnly", includeManagementEvents = true) => ({
  eventSelectors: {
    basic: [{ readWriteType, includeManagementEvents, excludedManagementSources: [], dataResources: [] }],
    advanced: [],
  },
});
const management = field("eventCategory", "Management");
const without = "No trail records management events in every region: ";

testCheck(allRegions, {
  pass: [
    account(trail()),
    account(trail(basic("All"))),
    account(trail({ isMultiRegion: false }, "local"), trail()),
    account(trail(advanced([management]))),
    account(trail(advanced([management, { ...field("eventSource"), notEquals: ["kms.amazonaws.com"] }]))),
    account(
      trail(advanced([management, field("readOnly", "true")], [management, field("readOnly", "false")])),
    ),
    { ...account(trail()), incomplete: ["aws.cloudtrail.trail"] },
    { ...account(trail({ status: undefined }, "unread"), trail()) },
  ],
  fail: [
    [account(), `${without}the account has no trail.`],
    [account(trail({ isMultiRegion: false })), `${without}main covers eu-west-1 alone.`],
    [account(trail({ status: stopped })), `${without}main is not logging.`],
    [
      account(
        trail(basic("WriteOnly"), "writes"),
        trail({ isMultiRegion: false, status: undefined }, "local"),
      ),
      `${without}writes leaves out part of the management events, local covers eu-west-1 alone.`,
    ],
    [account(trail(basic("All", false))), `${without}main leaves out part of the management events.`],
    [
      account(trail(advanced([management, field("readOnly", "false")]))),
      `${without}main leaves out part of the management events.`,
    ],
    [
      account(trail(advanced([management, field("eventSource", "iam.amazonaws.com")]))),
      `${without}main leaves out part of the management events.`,
    ],
    [account(trail({ status: stopped, eventSelectors: undefined })), `${without}main is not logging.`],
  ],
  unknown: [
    { config: {}, incomplete: ["aws.cloudtrail.trail"] },
    account(trail({ status: undefined })),
    account(trail({ eventSelectors: undefined })),
    account(trail({ isMultiRegion: undefined })),
    account(trail({ isMultiRegion: false }, "local"), trail({ status: undefined })),
  ],
});
