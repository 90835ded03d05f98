import { z } from "zod";
import { integrityStates } from "#db/audit/model.ts";
import { auditResults } from "#db/audit/schema.ts";
import { exportFormats } from "../../audit/export/formats.ts";
import { problemKinds } from "../../audit/verify/problem.ts";
import { After, Limit, Moment, pageOf } from "./common.ts";

const word = z.string().trim().min(1).max(300);
const some = <T extends z.ZodType>(one: T) => z.array(one).max(50).default([]);

/** What is asked of the trail, as parameters of a query. */
const filter = {
  from: z.iso
    .datetime({ offset: true })
    .optional()
    .describe("From this moment on; 24 hours ago where counts are asked for."),
  to: z.iso.datetime({ offset: true }).optional().describe("Before this moment; now when left out."),
  actor: some(word).describe("Ids of users, or names of parts of Parapet."),
  action: some(word).describe("An action in full, or all of a thing: `scan.*`."),
  kind: word.optional().describe("The kind of what was acted on, such as `scan`."),
  object: word.optional().describe("The id of what was acted on."),
  result: some(z.enum(auditResults)),
  correlation: word.optional().describe("What belongs to one request or job."),
  text: z
    .string()
    .trim()
    .max(200)
    .default("")
    .describe("Part of an action's name, or the beginning of an object's id."),
};
export const AuditFilterQuery = z.strictObject(filter);
export const ListAuditQuery = z.strictObject({ ...filter, limit: Limit, after: After });
export const AuditExportBody = z.strictObject({
  format: z.enum(exportFormats),
  filter: AuditFilterQuery.prefault({}),
  personal: z.boolean().default(false).describe("Tell what commitments stand for."),
});
export const AuditRangeQuery = z.strictObject({ from: filter.from, to: filter.to });

const Facts = z.record(z.string(), z.unknown()).nullable();

const entry = {
  id: z.string(),
  at: Moment.describe("By the clock of who wrote it."),
  actor: z.object({
    kind: z.enum(["user", "system"]),
    id: z.string(),
    name: z.string(),
    tokenId: z.string().nullable().describe("The API token that it was done by."),
  }),
  action: z.string(),
  object: z.object({ kind: z.string(), id: z.string(), name: z.string().nullable() }),
  result: z.enum(auditResults),
  durationMs: z.number().nullable(),
  correlationId: z.string(),
  origin: Facts.describe("From where. Personal data stands as a commitment, here and below."),
  before: Facts,
  after: Facts,
  sealed: z.boolean().describe("Whether it is in the Merkle tree already."),
};

export const AuditEntry = z.object(entry).meta({ id: "AuditEntry" });
export const AuditEntryPage = pageOf(AuditEntry);

export const AuditEntryDetail = z
  .object({
    ...entry,
    position: z.int().nullable().describe("Its place in the trail, from 0; null until it is sealed."),
    batch: z.object({ n: z.int(), sealedAt: Moment }).nullable(),
    leaf: z.string().nullable().describe("Its leaf in the Merkle tree (RFC 9162), in hex."),
    keyId: z.string().nullable(),
    tokenName: z.string().nullable(),
    personal: z
      .record(z.string(), z.string().nullable())
      .describe("What its commitments stand for, by commitment; null for what was erased."),
  })
  .meta({ id: "AuditEntryDetail" });

export const AuditProof = z
  .object({
    entryId: z.string(),
    position: z.int(),
    size: z.int().describe("How many entries the checkpoint covers."),
    bundle: z
      .string()
      .describe("A proof bundle, which `parapet audit verify` and docs/verify-entry.mjs check."),
  })
  .meta({ id: "AuditProof" });

const Counts = z
  .object({ done: z.int(), refused: z.int(), failed: z.int() })
  .meta({ id: "AuditResultCounts" });

const stretch = {
  from: Moment,
  to: Moment,
  countedTo: Moment.nullable().describe("What came after this may be missing still; null when nothing is."),
};

export const AuditTimeline = z
  .object({
    ...stretch,
    barMs: z.int(),
    bars: z.array(z.object({ from: Moment, done: z.int(), refused: z.int(), failed: z.int() })),
    total: Counts,
    atLeast: z.boolean().describe("Whether counting was ended early, at 100,000 entries."),
  })
  .meta({ id: "AuditTimeline" });

export const AuditStatistics = z
  .object({
    ...stretch,
    total: Counts,
    before: Counts.describe("In the stretch of the same length before."),
    actions: z.array(z.object({ action: z.string(), counts: Counts, lastAt: Moment })),
    categories: z.array(z.object({ category: z.string(), counts: Counts })),
    actors: z.array(
      z.object({
        actor: z.object({ kind: z.enum(["user", "system"]), id: z.string(), name: z.string() }),
        counts: Counts,
        lastAt: Moment,
      }),
    ),
    hours: z.array(z.int()).describe("By hour of the day in UTC."),
  })
  .meta({ id: "AuditStatistics" });

export const AuditErrors = z
  .object({
    ...stretch,
    total: z.int(),
    kinds: z.array(
      z.object({
        action: z.string(),
        result: z.enum(["refused", "failed"]),
        reason: z.string().nullable(),
        count: z.int(),
        before: z.int().describe("In the stretch of the same length before."),
        lastAt: Moment,
        lastEntryId: z.string(),
      }),
    ),
  })
  .meta({ id: "AuditErrors" });

export const AuditPerformance = z
  .object({
    ...stretch,
    actions: z.array(
      z.object({
        action: z.string(),
        count: z.int(),
        minMs: z.number(),
        maxMs: z.number(),
        meanMs: z.number(),
        p50Ms: z.number(),
        p95Ms: z.number(),
        p99Ms: z.number(),
        baseline: z
          .object({ count: z.int(), p95Ms: z.number() })
          .nullable()
          .describe(
            "In the four stretches of the same length before (one, of more than a week); null where there is too little to compare.",
          ),
        worse: z.number().nullable().describe("How many times slower, where that is worth a warning."),
      }),
    ),
  })
  .meta({ id: "AuditPerformance" });

const Problem = z
  .object({
    kind: z.enum(problemKinds),
    position: z.int().optional().describe("Where in the trail; of several in a row, the first."),
    count: z.int().optional(),
    entryId: z.string().optional(),
    batch: z.int().optional(),
    of: z.string().optional().describe("The anchor, archive file or checkpoint."),
    detail: z.string(),
  })
  .meta({ id: "AuditProblem" });
const Verification = z
  .object({
    id: z.string(),
    ok: z.boolean(),
    from: z.int(),
    to: z.int(),
    problems: z.array(Problem),
    startedAt: Moment,
    endedAt: Moment,
  })
  .nullable();

export const AuditIntegrity = z
  .object({
    state: z.enum(integrityStates),
    reasons: z.array(z.string()),
    sealed: z.int(),
    batches: z.int(),
    lastSealedAt: Moment.nullable(),
    pending: z.object({ count: z.int(), atLeast: z.boolean(), oldestAt: Moment.nullable() }),
    blockedBy: z.object({ sinceMs: z.int(), application: z.string() }).nullable(),
    checkpoint: z
      .object({ size: z.int(), root: z.string(), at: Moment, keyId: z.string(), note: z.string() })
      .nullable(),
    anchors: z.array(
      z.object({
        name: z.string(),
        size: z.int().nullable(),
        at: Moment.nullable(),
        error: z.string().nullable(),
        failingSince: Moment.nullable(),
      }),
    ),
    verification: z.object({ all: Verification, tail: Verification }),
  })
  .meta({ id: "AuditIntegrity" });
