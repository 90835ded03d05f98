import { z } from "zod";
import { findingSources, findingStates } from "#db/findings/schema.ts";
import { resourceSorts } from "#db/resources/model.ts";
import { severities, verdictStatuses } from "../../checks/model.ts";
import { clouds } from "../../inventory/model.ts";
import { After, Limit, Moment, pageOf, SeverityCounts } from "./common.ts";

const head = {
  id: z.string(),
  kind: z.string(),
  service: z.string(),
  region: z.string(),
  name: z.string(),
  uid: z.string().describe("The provider's own full id."),
  owner: z.string(),
  firstSeenAt: Moment,
  changedAt: Moment,
  deletedAt: Moment.nullable(),
};

export const Resource = z
  .object({
    ...head,
    account: z.object({ id: z.string(), name: z.string(), cloud: z.enum(clouds), disabled: z.boolean() }),
    findings: SeverityCounts.nullable().describe("Open ones; null without findings:read."),
    unread: z.int().describe("How many parts of it could not be read."),
  })
  .meta({ id: "Resource" });

export const ResourcePage = pageOf(Resource);

export const ResourceDetail = z
  .object({
    ...head,
    account: z.object({
      id: z.string(),
      name: z.string(),
      cloud: z.enum(clouds),
      externalId: z.string(),
      disabledAt: Moment.nullable(),
    }),
    tags: z.record(z.string(), z.string()),
    config: z.record(z.string(), z.unknown()),
    unread: z.array(z.string()),
    coverage: z.object({ triedAt: Moment, complete: z.boolean(), readAt: Moment.nullable() }).nullable(),
    findings: z
      .array(
        z.object({
          id: z.string(),
          checkId: z.string(),
          severity: z.enum(severities),
          state: z.enum(findingStates),
          source: z.enum(findingSources),
          reason: z.string(),
          openedAt: Moment,
          resolvedAt: Moment.nullable(),
          unverifiedSince: Moment.nullable(),
        }),
      )
      .nullable()
      .describe("At most 200; null without findings:read."),
    verdicts: z.record(z.string(), z.enum(verdictStatuses)).nullable(),
    versions: z.array(
      z.object({ id: z.int(), scanId: z.string(), replacedAt: Moment, deletedAt: Moment.nullable() }),
    ),
  })
  .meta({ id: "ResourceDetail" });

const Count = z.array(z.object({ value: z.string(), count: z.int() }));

export const ResourceFacets = z
  .object({
    total: z.int(),
    ...{ clouds: Count, accounts: Count, services: Count, regions: Count, kinds: Count, owners: Count },
  })
  .meta({ id: "ResourceFacets" });

const some = <T extends z.ZodType>(one: T, description: string) =>
  z.array(one).max(100).default([]).describe(description);
const word = z.string().max(300);

export const resourceFilterShape = {
  cloud: some(z.enum(clouds), "Any of these."),
  account: some(word, "Ids of accounts."),
  service: some(word, "Such as `s3`."),
  region: some(word, "Such as `eu-west-1`, or `global`."),
  kind: some(word, "Such as `aws.s3.bucket`."),
  tag: z
    .array(z.string().min(1).max(1_300))
    .max(20)
    .default([])
    .describe("`key` or `key=value`; every one must be there."),
  owner: some(word, "Owner tags; an empty one for resources that name no owner."),
  text: z.string().trim().max(200).default("").describe("Part of the name or of the provider's id."),
  presence: z.enum(["present", "gone", "all"]).default("present"),
  with: z.enum(["any", "findings"]).default("any").describe("`findings`: only those with an open finding."),
};

export const ResourceFilterQuery = z.strictObject(resourceFilterShape);

export const ListResourcesQuery = z.strictObject({
  ...resourceFilterShape,
  sort: z.enum(resourceSorts).default("name"),
  limit: Limit,
  after: After,
});
