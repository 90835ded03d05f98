import { bigint, doublePrecision, integer, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { moment } from "../columns.ts";
import { auditResults } from "./schema.ts";

/** How long a time a counter counts: whole hours and whole days in UTC, so that a year is not read by the hour. */
export const grains = ["hour", "day"] as const;
export type Grain = (typeof grains)[number];

/*
 * Counters that are folded from what was sealed, so that no statistic reads millions of entries. They prove nothing and
 * can be made anew from the trail at any time.
 */

/** How often what happened, how it ended, and how long it took. */
export const auditRollUps = pgTable(
  "audit_roll_ups",
  {
    organisationId: text().notNull(),
    grain: text({ enum: grains }).notNull(),
    start: moment().notNull(),
    action: text().notNull(),
    result: text({ enum: auditResults }).notNull(),
    /** Of what was refused or failed: `audit_reason` of the entry. Empty otherwise. */
    reason: text().notNull(),
    entries: integer().notNull(),
    /** How many of them tell how long they took, and that in milliseconds. */
    timed: integer().notNull(),
    totalMs: doublePrecision().notNull(),
    minMs: doublePrecision(),
    maxMs: doublePrecision(),
    lastAt: moment().notNull(),
    lastEntryId: text().notNull(),
  },
  (t) => [
    primaryKey({
      name: "audit_roll_ups_pk",
      columns: [t.organisationId, t.grain, t.start, t.action, t.result, t.reason],
    }),
  ],
);

/** Who acted how often. */
export const auditRollUpActors = pgTable(
  "audit_roll_up_actors",
  {
    organisationId: text().notNull(),
    grain: text({ enum: grains }).notNull(),
    start: moment().notNull(),
    actorKind: text({ enum: ["user", "system"] }).notNull(),
    actorId: text().notNull(),
    result: text({ enum: auditResults }).notNull(),
    entries: integer().notNull(),
    lastAt: moment().notNull(),
  },
  (t) => [
    primaryKey({
      name: "audit_roll_up_actors_pk",
      columns: [t.organisationId, t.grain, t.start, t.actorKind, t.actorId, t.result],
    }),
  ],
);

/** How long what was done took: a histogram whose buckets grow by the eighth root of two (db/audit/histogram.ts). */
export const auditRollUpDurations = pgTable(
  "audit_roll_up_durations",
  {
    organisationId: text().notNull(),
    grain: text({ enum: grains }).notNull(),
    start: moment().notNull(),
    action: text().notNull(),
    bucket: smallint().notNull(),
    entries: integer().notNull(),
  },
  (t) => [
    primaryKey({
      name: "audit_roll_up_durations_pk",
      columns: [t.organisationId, t.grain, t.start, t.action, t.bucket],
    }),
  ],
);

/** How far the counters are. One row. */
export const auditRollUpState = pgTable("audit_roll_up_state", {
  id: smallint().primaryKey(),
  /** Entries sealed below this position are counted. */
  position: bigint({ mode: "number" }).notNull(),
  /** The newest moment among them. */
  at: moment(),
});
