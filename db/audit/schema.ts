import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  customType,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { canonicalJson } from "#lib/canonical-json.ts";
import { bytes, id, moment, wholeRanges, xid8 } from "../columns.ts";
import { organisationRef } from "../identity/schema.ts";

/** How an act ended: it was done, was not allowed, or went wrong. */
export const auditResults = ["done", "refused", "failed"] as const;
export type AuditResult = (typeof auditResults)[number];

/** JSON kept as the very text that was hashed: RFC 8785, written once and never put together again. */
const canonical = customType<{ data: Record<string, unknown>; driverData: string }>({
  dataType: () => "text",
  toDriver: (value) => canonicalJson(value),
  fromDriver: (text) => JSON.parse(text),
});

/**
 * The trail: a row is written in the transaction of the act it records, and never again. Partitioned by month of `at`
 * (`audit_entries_2026_11`, and one by default for what a wrong clock dates elsewhere). What is proven is
 * `canonicalEntry` of lib/audit/entry.ts: every column but `id`, `personal`, `leaf`, `mac`, `keyId` and `xid`.
 */
export const auditEntries = pgTable(
  "audit_entries",
  {
    /** The order of insertion. Not the order of the trail, which is that of commits. */
    id: bigint({ mode: "number" }).notNull().default(sql`nextval('audit_entries_id_seq'::regclass)`),
    /** The entry's own name, unique for ever: a copied entry gives itself away. */
    entryId: text().notNull(),
    /** By the clock of the process that acted, in milliseconds. */
    at: moment().notNull(),
    organisationId: text().notNull(),
    actorKind: text({ enum: ["user", "system"] }).notNull(),
    /** A user's id, or the name of the part of the system that acted. */
    actorId: text().notNull(),
    /** The API token that the user acted by; null in the browser. */
    actorTokenId: text(),
    /** `<thing>.<verb>`, such as `scan.start`. The thing is the entry's category. */
    action: text().notNull(),
    objectKind: text().notNull(),
    objectId: text().notNull(),
    result: text({ enum: auditResults }).notNull().default("done"),
    /** How long the act took, in milliseconds; null where that says nothing. */
    durationMs: doublePrecision(),
    /** From where: `{ via, address }`. */
    origin: canonical(),
    before: canonical(),
    after: canonical(),
    /** Ties entries of one request or job together. */
    correlationId: text().notNull(),
    /** What the entry's commitments stand for, encrypted, by commitment. Not part of what is proven. */
    personal: jsonb().$type<Record<string, string>>(),
    /** SHA-256 of 0x00 and the canonical entry: its leaf in the Merkle tree (RFC 9162, 2.1.1). */
    leaf: bytes(),
    /** HMAC-SHA-256 of the leaf. Null for what was written before the trail had keys. */
    mac: bytes(),
    keyId: text(),
    /** The transaction it was written in. */
    xid: xid8().notNull().default(sql`pg_current_xact_id()`),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.at] }),
    unique("audit_entries_entry").on(t.entryId, t.at),
    index("audit_entries_xid").on(t.xid),
    // Ascending, and read backwards: the planner doesn't take `desc nulls last` for the order of `order by at desc`. What
    // stands behind the id is looked at in the index, so that entries that don't meet a filter aren't fetched.
    index("audit_entries_list").on(t.organisationId, t.at, t.id),
    index("audit_entries_actor").on(
      t.organisationId,
      t.actorId,
      t.at,
      t.id,
      t.action.op("text_pattern_ops"),
      t.result,
    ),
    index("audit_entries_action").on(t.organisationId, t.action.op("text_pattern_ops"), t.at, t.id),
    index("audit_entries_object").on(
      t.organisationId,
      t.objectKind,
      t.objectId.op("text_pattern_ops"),
      t.at,
      t.id,
    ),
    index("audit_entries_correlation").on(t.organisationId, t.correlationId),
    index("audit_entries_trouble")
      .on(t.organisationId, t.at, t.id, t.action.op("text_pattern_ops"), t.actorId)
      .where(sql`result <> 'done'`),
  ],
);

/**
 * What was sealed together. Positions count from 0 over the whole installation; the one of a batch's k-th entry is
 * `first + k`. Append-only.
 */
export const auditBatches = pgTable(
  "audit_batches",
  {
    n: bigint({ mode: "number" }).primaryKey(),
    first: bigint({ mode: "number" }).notNull(),
    size: integer().notNull(),
    /** `audit_entries.id` of each entry, in order. */
    entries: bigint({ mode: "number" }).array().notNull(),
    /** The entries' leaves, 32 bytes each, in order. */
    leaves: bytes().notNull(),
    /** Earliest and latest `at` among them. */
    from: moment().notNull(),
    to: moment().notNull(),
    /** Entries of transactions from here, */
    xidFrom: xid8().notNull(),
    /** and below here, in the numbering of the database cluster by this identifier. */
    xidTo: xid8().notNull(),
    cluster: text().notNull(),
    /** Ids up to this one are of before that numbering began: all of them are sealed, whatever their transaction's number. */
    floor: bigint({ mode: "number" }).notNull().default(0),
    sealedAt: moment().notNull(),
    /** `hash` of the batch before; 32 zero bytes in the first. */
    previous: bytes().notNull(),
    /** SHA-256 of the canonical header, which names `previous`. */
    hash: bytes().notNull(),
    mac: bytes().notNull(),
    keyId: text().notNull(),
  },
  (t) => [unique("audit_batches_first").on(t.first), index("audit_batches_to").on(t.to)],
);

/** Hashes of complete subtrees of 2^level leaves, from level 8 up, so that proofs needn't start from the leaves. */
export const auditNodes = pgTable(
  "audit_nodes",
  {
    level: smallint().notNull(),
    /** The subtree covers positions `index * 2^level` and on. */
    index: bigint({ mode: "number" }).notNull(),
    hash: bytes().notNull(),
  },
  (t) => [primaryKey({ columns: [t.level, t.index] })],
);

/** Signed statements of how many entries there are and what their Merkle root is. Append-only. */
export const auditCheckpoints = pgTable("audit_checkpoints", {
  id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  size: bigint({ mode: "number" }).notNull(),
  root: bytes().notNull(),
  /** A C2SP tlog-checkpoint, signed as a C2SP note. */
  note: text().notNull(),
  keyId: text().notNull(),
  at: moment().notNull().defaultNow(),
});

/** Where each anchor stands. */
export const auditAnchors = pgTable("audit_anchors", {
  /** As configured, without anything secret. */
  name: text().primaryKey(),
  /** The newest checkpoint that it holds. */
  size: bigint({ mode: "number" }),
  at: moment(),
  /** Why the last attempt failed, in words for an administrator; null when it didn't. */
  error: text(),
  failingSince: moment(),
});

/** What verification found. */
export const auditVerifications = pgTable(
  "audit_verifications",
  {
    id: id("ver"),
    /** `tail`: what was sealed since the last one; `all`: everything. */
    extent: text({ enum: ["tail", "all"] }).notNull(),
    from: bigint({ mode: "number" }).notNull(),
    /** Positions below this were verified. */
    to: bigint({ mode: "number" }).notNull(),
    ok: boolean().notNull(),
    /** The first of what is wrong, at most 100: `Problem` of lib/audit/verify/problem.ts. */
    problems: jsonb().notNull().default([]),
    startedAt: moment().notNull(),
    endedAt: moment().notNull().defaultNow(),
  },
  (t) => [index("audit_verifications_newest").on(t.endedAt.desc())],
);

/** The keys of persons whose data the trail commits to. Erasing a person takes the key away for ever. */
export const auditSubjects = pgTable(
  "audit_subjects",
  {
    organisationId: text().notNull(),
    /** A user's id, or one made up for a value that belongs to no user. */
    id: text().notNull(),
    /** A keyed hash by which the subject of such a value is found again; null once erased. */
    lookup: bytes(),
    /** The subject's key, wrapped under the audit key named; null once erased. */
    wrappedKey: bytes(),
    keyId: text(),
    createdAt: moment().notNull().defaultNow(),
    erasedAt: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    uniqueIndex("audit_subjects_lookup").on(t.organisationId, t.lookup),
  ],
);

/** How long an organisation's entries stay in the database, and what its reports are. One row an organisation, or none. */
export const auditPolicies = pgTable("audit_policies", {
  organisationId: organisationRef().primaryKey(),
  retentionDays: integer().notNull().default(90),
  /** Longer, by category: `{ "remediation": 365 }`. */
  categoryDays: jsonb().$type<Record<string, number>>().notNull().default({}),
  /** Megabytes that an archive file may have, packed. */
  archiveMb: integer().notNull().default(50),
  /** Report settings: `ReportPlan` of lib/audit/reports/model.ts. */
  reports: jsonb().notNull().default({}),
  revision: integer().notNull().default(0),
  updatedAt: moment().notNull().defaultNow(),
});

/** While one is in force, nothing of what it covers leaves the database or is erased. */
export const auditHolds = pgTable(
  "audit_holds",
  {
    id: id("hld"),
    organisationId: organisationRef(),
    name: text().notNull(),
    reason: text().notNull(),
    /** What it covers, by the entries' `at`; null is without end. */
    from: moment(),
    to: moment(),
    placedBy: text().notNull(),
    placedAt: moment().notNull().defaultNow(),
    liftedBy: text(),
    liftedAt: moment(),
  },
  (t) => [index("audit_holds_organisation").on(t.organisationId, t.placedAt.desc())],
);

/** Files that entries were archived to, before they left the database. */
export const auditArchives = pgTable(
  "audit_archives",
  {
    id: id("arc"),
    /** Whose entries. */
    organisationId: organisationRef(),
    /** The month that it is of, as its first day; null for one made by hand. */
    month: date({ mode: "string" }),
    /** Several when they would have outgrown the size allowed. */
    part: integer().notNull().default(1),
    /** In the archive folder. */
    file: text().notNull().unique(),
    sha256: text().notNull(),
    size: bigint({ mode: "number" }).notNull(),
    entries: integer().notNull(),
    /** Exactly which positions are in it, */
    positions: wholeRanges().notNull(),
    /** the lowest and the highest of them. */
    first: bigint({ mode: "number" }).notNull(),
    last: bigint({ mode: "number" }).notNull(),
    from: moment().notNull(),
    to: moment().notNull(),
    /** The checkpoint that its proofs lead to. */
    checkpointSize: bigint({ mode: "number" }).notNull(),
    createdAt: moment().notNull().defaultNow(),
    createdBy: text(),
    /** When the database let go of what no policy keeps any longer. */
    droppedAt: moment(),
  },
  (t) => [
    index("audit_archives_month").on(t.month),
    index("audit_archives_newest").on(t.organisationId, t.createdAt.desc()),
  ],
);

/** Webhooks that the trail is streamed to. */
export const auditStreams = pgTable(
  "audit_streams",
  {
    id: id("str"),
    organisationId: organisationRef(),
    name: text().notNull(),
    url: text().notNull(),
    /** The Standard Webhooks secret, sealed by lib/secrets. */
    secret: bytes().notNull(),
    /** The key that sealed it, by its id in PARAPET_SECRET_KEYS. */
    secretKeyId: text().notNull(),
    /** Which entries: `StreamFilter` of lib/audit/streams/model.ts. */
    filter: jsonb().notNull().default({}),
    enabled: boolean().notNull().default(true),
    /** Entries below this position have been queued. */
    position: bigint({ mode: "number" }).notNull(),
    revision: integer().notNull().default(0),
    createdBy: text().notNull(),
    createdAt: moment().notNull().defaultNow(),
    /** Since when deliveries fail without one that went through; null when they don't. */
    failingSince: moment(),
  },
  (t) => [unique("audit_streams_name").on(t.organisationId, t.name)],
);

export const deliveryStates = ["queued", "delivered", "dead"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export const auditDeliveries = pgTable(
  "audit_deliveries",
  {
    id: id("dlv"),
    streamId: text()
      .notNull()
      .references(() => auditStreams.id, { onDelete: "cascade" }),
    /** The entry's `entryId` and when it was, which together find it. */
    entryId: text().notNull(),
    entryAt: moment().notNull(),
    position: bigint({ mode: "number" }).notNull(),
    state: text({ enum: deliveryStates }).notNull().default("queued"),
    attempts: integer().notNull().default(0),
    /** HTTP status of the last attempt, if there was an answer. */
    status: integer(),
    error: text(),
    createdAt: moment().notNull().defaultNow(),
    endedAt: moment(),
  },
  (t) => [
    unique("audit_deliveries_once").on(t.streamId, t.position),
    index("audit_deliveries_state").on(t.streamId, t.state, t.position.desc()),
  ],
);

/** When to tell people that much goes wrong. */
export const auditAlertRules = pgTable(
  "audit_alert_rules",
  {
    id: id("alr"),
    organisationId: organisationRef(),
    name: text().notNull(),
    /** Which entries count: `AlertMatch` of lib/audit/alerts/model.ts. */
    match: jsonb().notNull(),
    threshold: integer().notNull(),
    windowMinutes: integer().notNull(),
    cooldownMinutes: integer().notNull(),
    /** Whom it tells: `AlertChannel[]`, with addresses that are secrets sealed. */
    channels: jsonb().notNull(),
    enabled: boolean().notNull().default(true),
    lastFiredAt: moment(),
    revision: integer().notNull().default(0),
    createdBy: text().notNull(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [unique("audit_alert_rules_name").on(t.organisationId, t.name)],
);

/** Alerts that were raised. */
export const auditAlerts = pgTable(
  "audit_alerts",
  {
    id: id("alt"),
    organisationId: organisationRef(),
    ruleId: text().references(() => auditAlertRules.id, { onDelete: "set null" }),
    name: text().notNull(),
    count: integer().notNull(),
    threshold: integer().notNull(),
    windowMinutes: integer().notNull(),
    /** The newest of what was counted. */
    samples: jsonb().notNull(),
    /** What became of it, by channel: `ChannelOutcome[]`. */
    outcomes: jsonb().notNull().default([]),
    at: moment().notNull().defaultNow(),
  },
  (t) => [index("audit_alerts_newest").on(t.organisationId, t.at.desc())],
);

/** Audit reports as they were made. */
export const auditReports = pgTable(
  "audit_reports",
  {
    id: id("rpt"),
    organisationId: organisationRef(),
    kind: text({ enum: ["daily", "weekly", "custom"] }).notNull(),
    from: moment().notNull(),
    to: moment().notNull(),
    /** One self-contained page. */
    html: text().notNull(),
    /** A user's id; null when the schedule made it. */
    createdBy: text(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [
    index("audit_reports_newest").on(t.organisationId, t.createdAt.desc()),
    // The schedule makes each once; people may make the same one again.
    uniqueIndex("audit_reports_scheduled")
      .on(t.organisationId, t.kind, t.from)
      .where(sql`created_by is null`),
  ],
);
