import { z } from "zod";
import { findingGroupings } from "#db/findings/model.ts";
import { findingSources, findingStates, resolutions, transitionKinds } from "#db/findings/schema.ts";
import { changeStatuses, exceptionStatuses, triageActs, viewAreas } from "#db/triage/schema.ts";
import { severities } from "../../checks/model.ts";
import { openStates } from "../../findings/filter.ts";
import { clouds } from "../../inventory/model.ts";
import { After, Id, Limit, Moment, Person, pageOf, SeverityCounts } from "./common.ts";

const Account = z.object({
  id: z.string(),
  name: z.string(),
  cloud: z.enum(clouds),
  disabled: z.boolean().describe("Its findings stay as they were last seen."),
});

/** What a line of the list and the whole finding have in common. */
const common = {
  id: z.string(),
  checkId: z.string(),
  severity: z.enum(severities),
  status: z.enum(["open", "resolved"]).describe("What the scans say."),
  state: z.enum(findingStates).describe("What the scans and the people say, in one word."),
  source: z.enum(findingSources),
  reason: z.string(),
  service: z.string(),
  region: z.string(),
  assignee: Person.nullable(),
  owner: z.string().describe("The owner tag of the resource; empty for none."),
  openedAt: Moment,
  dueAt: Moment.nullable(),
  resolvedAt: Moment.nullable(),
  suppressedUntil: Moment.nullable().describe("When the mute or acceptance ends."),
  reopened: z.int(),
  unverifiedSince: Moment.nullable(),
  revision: z.int(),
};

export const Finding = z
  .object({
    ...common,
    account: Account,
    resource: z.object({ id: z.string(), name: z.string(), uid: z.string() }),
    acceptanceAsked: z.boolean().describe("Whether a manager is asked to accept its risk."),
  })
  .meta({ id: "Finding" });

export const FindingPage = pageOf(Finding);

export const FindingException = z
  .object({
    id: z.string(),
    kind: z.enum(["muted", "risk_accepted"]),
    status: z.enum(exceptionStatuses),
    reason: z.string(),
    until: Moment,
    askedBy: Person,
    askedAt: Moment,
    decidedBy: Person.nullable(),
    decidedAt: Moment.nullable(),
    decisionNote: z.string().nullable(),
  })
  .meta({ id: "FindingException" });

export const Comment = z
  .object({
    id: z.string(),
    author: Person,
    body: z.string().describe("Plain text; a mention reads `@[usr_…]`. Empty once it is deleted."),
    mentions: z.array(Person),
    at: Moment,
    editedAt: Moment.nullable(),
    deletedAt: Moment.nullable(),
  })
  .meta({ id: "Comment" });

const anything = z.record(z.string(), z.unknown());

export const TimelineEntry = z
  .discriminatedUnion("type", [
    z.object({
      type: z.literal("transition"),
      id: z.string(),
      scanId: z.string(),
      kind: z.enum(transitionKinds),
      reason: z.string(),
      at: Moment,
    }),
    z.object({
      type: z.literal("change"),
      id: z.string(),
      act: z.string(),
      actor: Person.nullable(),
      before: anything,
      after: anything,
      people: z.array(Person),
      undone: z.boolean(),
      at: Moment,
    }),
    z.object({ type: z.literal("comment"), ...Comment.shape }),
  ])
  .meta({ id: "TimelineEntry" });

export const FindingDetail = z
  .object({
    ...common,
    account: z.object({
      id: z.string(),
      name: z.string(),
      cloud: z.enum(clouds),
      externalId: z.string(),
      disabledAt: Moment.nullable(),
    }),
    resource: z.object({
      id: z.string(),
      uid: z.string(),
      name: z.string(),
      kind: z.string(),
      tags: z.record(z.string(), z.string()),
      config: anything,
      unread: z.array(z.string()),
      changedAt: Moment,
      deletedAt: Moment.nullable(),
    }),
    evidence: z.array(z.object({ path: z.string(), value: z.unknown() })),
    resolution: z.enum(resolutions).nullable(),
    firstSeenAt: Moment,
    confirmedAt: Moment.nullable(),
    dueByHand: z.boolean(),
    exception: FindingException.nullable(),
    timeline: z.array(TimelineEntry),
  })
  .meta({ id: "FindingDetail" });

const some = <T extends z.ZodType>(one: T, description: string) =>
  z.array(one).max(100).default([]).describe(description);
const word = z.string().max(300);

/** The filter as parameters of a query. */
export const findingFilterShape = {
  state: z
    .array(z.union([z.enum(findingStates), z.literal("any")]))
    .max(100)
    .default([...openStates])
    .describe("The open ones when left out; `any` for all."),
  severity: some(z.enum(severities), "Any of these."),
  cloud: some(z.enum(clouds), "Any of these."),
  account: some(word, "Ids of accounts."),
  service: some(word, "Such as `s3`."),
  region: some(word, "Such as `eu-west-1`, or `global`."),
  check: some(word, "Ids of checks."),
  assignee: some(word, "Ids of users; `none` for what nobody is assigned to, `me` for the token's user."),
  owner: some(word, "Owner tags; an empty one for resources that name no owner."),
  source: some(z.enum(findingSources), "Who found it."),
  due: z.enum(["any", "overdue", "soon"]).default("any").describe("`soon`: within the next 7 days."),
  resource: some(word, "Ids of resources."),
  text: z
    .string()
    .trim()
    .max(200)
    .default("")
    .describe("Part of the check's title, or the resource's name or id."),
  scan: word.optional().describe("Only what this scan changed; goes with `change`."),
  change: z.enum(["opened", "resolved", "reopened"]).optional().describe("How `scan` changed it."),
};

export const FindingFilterQuery = z.strictObject(findingFilterShape);

export const ListFindingsQuery = z.strictObject({
  ...findingFilterShape,
  sort: z
    .enum(["severity", "newest", "oldest", "due"])
    .default("severity")
    .describe("The gravest first, or by date."),
  limit: Limit,
  after: After,
});

export const ListGroupsQuery = z.strictObject({
  ...findingFilterShape,
  by: z.enum(findingGroupings).describe("What they are alike in."),
  limit: Limit,
  after: After,
});

const Count = z.object({ value: z.string(), count: z.int() });
const CountOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.object({ value: z.enum(values), count: z.int() });

export const FacetCounts = z
  .object({
    total: z.int().describe("Findings that match every choice."),
    states: z.array(CountOf(findingStates)),
    severities: z.array(CountOf(severities)),
    clouds: z.array(CountOf(clouds)),
    accounts: z.array(Count),
    services: z.array(Count),
    regions: z.array(Count),
    checks: z.array(Count),
    assignees: z.array(z.object({ value: z.string(), name: z.string(), count: z.int() })),
    owners: z.array(Count),
    sources: z.array(CountOf(findingSources)),
    due: z.object({ overdue: z.int(), soon: z.int() }),
  })
  .meta({ id: "FindingFacets" });

export const FindingGroup = z
  .object({
    key: z.string().describe("The check's, resource's or account's id, or the owner tag."),
    name: z.string(),
    resource: z
      .object({ uid: z.string(), kind: z.string(), accountId: z.string(), accountName: z.string() })
      .optional(),
    findings: z.int(),
    severities: SeverityCounts,
    resources: z.int().nullable(),
  })
  .meta({ id: "FindingGroup" });

export const FindingGroupPage = pageOf(FindingGroup).extend({
  total: z.int().nullable().describe("How many groups there are; null where counting them would take long."),
});

export const ChangeResult = z
  .object({
    changeId: Id,
    status: z
      .enum(["waiting", "running", "done", "failed"])
      .describe("While `waiting` or `running`, a job does it."),
    matched: z.int(),
    changed: z.int(),
    skipped: z.int().describe("Those that were so already, or could not be changed."),
  })
  .meta({ id: "ChangeResult" });

export const Change = z
  .object({
    id: z.string(),
    act: z.enum(triageActs),
    change: anything.describe("What was set."),
    status: z.enum(changeStatuses),
    matched: z.int(),
    changed: z.int(),
    skipped: z.int(),
    actor: Person.nullable().describe("Null for Parapet itself."),
    own: z.boolean(),
    undoes: z.string().nullable(),
    undoneBy: z.string().nullable(),
    undoable: z.boolean(),
    error: z.string().nullable(),
    createdAt: Moment,
    finishedAt: Moment.nullable(),
  })
  .meta({ id: "Change" });

export const Exception = FindingException.extend({
  revision: z.int(),
  severities: SeverityCounts,
  findings: z.int().describe("How many findings it was asked for."),
  examples: z.array(
    z.object({
      id: z.string(),
      checkId: z.string(),
      severity: z.enum(severities),
      reason: z.string(),
      resource: z.string(),
      account: Person,
    }),
  ),
  inProgress: z.boolean().describe("Whether a worker still puts it together or carries it out."),
  own: z.boolean().describe("Whether the token's user asked for it, which they can't grant then."),
}).meta({ id: "Exception" });

export const View = z
  .object({
    id: z.string(),
    area: z.enum(viewAreas),
    name: z.string(),
    query: z.string().describe("The part of the list's address after the question mark."),
    shared: z.boolean(),
    own: z.boolean(),
    owner: Person,
    updatedAt: Moment,
  })
  .meta({ id: "View" });
