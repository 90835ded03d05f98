import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { GapCode } from "#lib/inventory/model.ts";
import { accountRef } from "../accounts/schema.ts";
import { bytes, id, moment } from "../columns.ts";
import { organisationRef } from "../identity/schema.ts";

export const scanStatuses = ["running", "cancelling", "completed", "cancelled", "failed"] as const;
export const unitStatuses = ["waiting", "queued", "running", "done", "gap", "failed", "cancelled"] as const;
export type UnitStatus = (typeof unitStatuses)[number];

/** What a scan was asked to cover; an empty list means everything. */
export type ScanScope = { accountIds: string[]; regions: string[]; services: string[]; checks: string[] };

export const scans = pgTable(
  "scans",
  {
    id: id("scn"),
    organisationId: organisationRef(),
    /** `fix`: to see what came of a change that Parapet made. */
    trigger: text({ enum: ["manual", "connect", "schedule", "fix"] }).notNull(),
    requestedBy: text(),
    scope: jsonb().$type<ScanScope>().notNull(),
    status: text({ enum: scanStatuses }).notNull().default("running"),
    /** The instant that time-dependent checks judge by. */
    asOf: moment().notNull().defaultNow(),
    createdAt: moment().notNull().defaultNow(),
    /** When the units were laid out; a scan can't end before. */
    plannedAt: moment(),
    finishedAt: moment(),
    /** In plain words, why a scan failed as a whole. */
    error: text(),
  },
  (t) => [index("scans_organisation").on(t.organisationId, t.createdAt.desc(), t.id.desc())],
);

/** One piece of a scan: an account × service × region, or, with service `relations`, the checks that span units. */
export const scanUnits = pgTable(
  "scan_units",
  {
    id: id("unt"),
    organisationId: organisationRef(),
    scanId: text()
      .notNull()
      .references(() => scans.id),
    accountId: accountRef(),
    service: text().notNull(),
    region: text().notNull(),
    /** Read for the sake of other units' checks only; its own checks are outside the scan's scope. */
    supporting: boolean().notNull().default(false),
    /** The kinds to read when the scan is scoped to some checks; null means every kind of the service. */
    kinds: jsonb().$type<string[]>(),
    status: text({ enum: unitStatuses }).notNull().default("queued"),
    attempts: integer().notNull().default(0),
    /** The attempt that owns the unit: a worker thought dead that wakes up again finds another token and lets go. */
    token: uuid(),
    workerId: text(),
    resources: integer().notNull().default(0),
    changed: integer().notNull().default(0),
    calls: integer().notNull().default(0),
    throttles: integer().notNull().default(0),
    opened: integer().notNull().default(0),
    resolved: integer().notNull().default(0),
    reopened: integer().notNull().default(0),
    gaps: integer().notNull().default(0),
    startedAt: moment(),
    finishedAt: moment(),
    error: text(),
  },
  (t) => [
    uniqueIndex("scan_units_identity").on(t.scanId, t.accountId, t.service, t.region),
    index("scan_units_account").on(t.accountId, t.service, t.region),
  ],
);

/** When each kind of each unit was last read. 'Last seen' of everything in it follows from `cleanAt`. */
export const coverage = pgTable(
  "coverage",
  {
    organisationId: organisationRef(),
    accountId: accountRef(),
    service: text().notNull(),
    region: text().notNull(),
    kind: text().notNull(),
    /** The last scan that tried. */
    scanId: text()
      .notNull()
      .references(() => scans.id),
    triedAt: moment().notNull(),
    /** Whether the last try listed every resource of the kind. */
    complete: boolean().notNull(),
    /** Whether the last try's whole unit left nothing unread. */
    clean: boolean().notNull(),
    /** The last try that did; null before the first one. */
    cleanAt: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.service, t.region, t.kind] }),
    // A scan that is deleted is looked for here.
    index("coverage_scan").on(t.scanId),
  ],
);

/** What a scan could not read, and why. */
export const coverageGaps = pgTable(
  "coverage_gaps",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    organisationId: organisationRef(),
    scanId: text()
      .notNull()
      .references(() => scans.id),
    unitId: text()
      .notNull()
      .references(() => scanUnits.id),
    accountId: text().notNull(),
    kind: text(),
    resourceUid: text(),
    operation: text().notNull(),
    code: text().$type<GapCode>().notNull(),
    message: text().notNull(),
  },
  (t) => [index("coverage_gaps_scan").on(t.scanId, t.id), index("coverage_gaps_unit").on(t.unitId)],
);

/**
 * Where a unit's attempt puts what it reads before one set-based merge. Rows carry their attempt's token, so two attempts
 * never mix. The migration makes the table UNLOGGED: a crash of the database empties it, which the merge notices.
 */
export const scanStaging = pgTable(
  "scan_staging",
  {
    token: uuid().notNull(),
    uid: text().notNull(),
    kind: text().notNull(),
    /** Null in these columns means that the resource is as it was. */
    region: text(),
    name: text(),
    tags: jsonb(),
    config: jsonb(),
    unread: jsonb(),
    hash: bytes(),
    verdicts: jsonb(),
    /** `[{ checkId, severity, reason, evidence }]` of the checks that failed. */
    failures: jsonb(),
    evaluatedWith: text(),
  },
  (t) => [index("scan_staging_token").on(t.token, t.uid)],
);
