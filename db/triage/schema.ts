import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { Severity } from "#lib/checks/model.ts";
import { id, moment } from "../columns.ts";
import { findings, suppressions } from "../findings/schema.ts";
import { organisationRef, users } from "../identity/schema.ts";
import { remediationPlans } from "../remediation/schema.ts";

const findingRef = () =>
  text()
    .notNull()
    .references(() => findings.id, { onDelete: "cascade" });
const userRef = () =>
  text()
    .notNull()
    .references(() => users.id);

export const triageActs = [
  "assign",
  "workflow",
  "due",
  "mute",
  "unmute",
  "ask_acceptance",
  "accept_risk",
  "revoke_acceptance",
  "expire",
  "undo",
] as const;
export type TriageAct = (typeof triageActs)[number];
export const changeStatuses = ["waiting", "running", "done", "failed"] as const;

/** One act of triage on one finding or on a hundred thousand. */
export const triageChanges = pgTable(
  "triage_changes",
  {
    id: id("chg"),
    organisationId: organisationRef(),
    act: text({ enum: triageActs }).notNull(),
    /** What is set, validated by the act's own schema. */
    change: jsonb().$type<Record<string, unknown>>().notNull(),
    /** The filter that chose the findings; null when they were named. */
    filter: jsonb().$type<Record<string, unknown>>(),
    actorKind: text({ enum: ["user", "system"] }).notNull(),
    actorId: text().notNull(),
    /** What the acting scope was allowed to see, for the job that does the rest; null for every account. */
    accountIds: jsonb().$type<string[]>(),
    correlationId: text().notNull(),
    status: text({ enum: changeStatuses }).notNull(),
    /** Findings chosen when it was asked for; `changed` and `skipped` add up to it in the end. */
    matched: integer().notNull(),
    changed: integer().notNull().default(0),
    /** Those that were so already, or could not be changed, such as resolved ones. */
    skipped: integer().notNull().default(0),
    /** The change that this one undoes. */
    undoes: text(),
    /** In plain words, why it stopped. */
    error: text(),
    createdAt: moment().notNull().defaultNow(),
    finishedAt: moment(),
  },
  (t) => [
    index("triage_changes_list").on(t.organisationId, t.createdAt.desc(), t.id.desc()),
    uniqueIndex("triage_changes_undoes").on(t.undoes).where(sql`${t.undoes} is not null`),
  ],
);

/** What a change has still to do: chosen when it was asked for, taken out in the transaction that does it. */
export const triageItems = pgTable(
  "triage_items",
  {
    /** Of a change that is never deleted; a foreign key would be checked a hundred thousand times for it. */
    changeId: text().notNull(),
    findingId: findingRef(),
  },
  (t) => [primaryKey({ columns: [t.changeId, t.findingId] }), index("triage_items_finding").on(t.findingId)],
);

/** What a change did to one finding: the columns that it set, as they were and as they became. */
export const findingActivity = pgTable(
  "finding_activity",
  {
    /** The finding's own. */
    organisationId: text().notNull(),
    findingId: findingRef(),
    /** As in `triageItems`. */
    changeId: text().notNull(),
    before: jsonb().$type<Record<string, unknown>>().notNull(),
    after: jsonb().$type<Record<string, unknown>>().notNull(),
    at: moment().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.findingId, t.changeId] }),
    index("finding_activity_change").on(t.changeId),
  ],
);

export const exceptionStatuses = ["asked", "granted", "rejected", "withdrawn", "expired", "ended"] as const;

/**
 * A mute, or a risk accepted until a date. A mute is granted to who asks; an acceptance is granted by another, which the
 * table itself enforces.
 */
export const findingExceptions = pgTable(
  "finding_exceptions",
  {
    id: id("exc"),
    organisationId: organisationRef(),
    kind: text({ enum: suppressions }).notNull(),
    status: text({ enum: exceptionStatuses }).notNull(),
    reason: text().notNull(),
    until: moment().notNull(),
    askedBy: userRef(),
    askedAt: moment().notNull().defaultNow(),
    decidedBy: text().references(() => users.id),
    decidedAt: moment(),
    decisionNote: text(),
    /** How many findings it was asked for, by severity. */
    findings: jsonb().$type<Record<Severity, number>>().notNull(),
    revision: integer().notNull().default(1),
  },
  (t) => [
    index("finding_exceptions_list").on(t.organisationId, t.status, t.askedAt.desc(), t.id.desc()),
    check(
      "finding_exceptions_four_eyes",
      sql`${t.kind} <> 'risk_accepted' or ${t.decidedBy} is null or ${t.decidedBy} <> ${t.askedBy}`,
    ),
    check(
      "finding_exceptions_decided",
      sql`${t.status} not in ('granted', 'rejected') or (${t.decidedBy} is not null and ${t.decidedAt} is not null)`,
    ),
  ],
);

/** The findings that an exception was asked for. */
export const findingExceptionItems = pgTable(
  "finding_exception_items",
  {
    exceptionId: text()
      .notNull()
      .references(() => findingExceptions.id, { onDelete: "cascade" }),
    findingId: findingRef(),
  },
  (t) => [
    primaryKey({ columns: [t.exceptionId, t.findingId] }),
    index("finding_exception_items_finding").on(t.findingId),
  ],
);

export const findingComments = pgTable(
  "finding_comments",
  {
    id: id("cmt"),
    organisationId: organisationRef(),
    findingId: findingRef(),
    authorId: userRef(),
    /** Plain text; a mention reads `@[usr_…]`. Empty once it is deleted. */
    body: text().notNull(),
    createdAt: moment().notNull().defaultNow(),
    editedAt: moment(),
    deletedAt: moment(),
  },
  (t) => [index("finding_comments_finding").on(t.findingId, t.createdAt, t.id)],
);

export const notificationKinds = [
  "mention",
  "assigned",
  "acceptance_asked",
  "acceptance_decided",
  "change_done",
  "fix_asked",
  "fix_decided",
  "fix_ended",
  "fix_notice",
  "trail_broken",
] as const;

/** What somebody is told of in the browser. */
export const notifications = pgTable(
  "notifications",
  {
    id: id("ntf"),
    organisationId: organisationRef(),
    userId: userRef(),
    kind: text({ enum: notificationKinds }).notNull(),
    /** What it is about: one of these. */
    findingId: text().references(() => findings.id, { onDelete: "cascade" }),
    exceptionId: text().references(() => findingExceptions.id, { onDelete: "cascade" }),
    changeId: text().references(() => triageChanges.id, { onDelete: "cascade" }),
    planId: text().references(() => remediationPlans.id),
    /** Who caused it; null for Parapet itself. */
    actorId: text().references(() => users.id),
    excerpt: text().notNull(),
    at: moment().notNull().defaultNow(),
    readAt: moment(),
  },
  (t) => [
    index("notifications_user").on(t.userId, t.at.desc(), t.id.desc()),
    index("notifications_finding").on(t.findingId).where(sql`${t.findingId} is not null`),
  ],
);

export const viewAreas = ["findings", "resources"] as const;

/** A list as somebody wants it again: the part of its address after the question mark. */
export const savedViews = pgTable(
  "saved_views",
  {
    id: id("viw"),
    organisationId: organisationRef(),
    userId: userRef(),
    area: text({ enum: viewAreas }).notNull(),
    name: text().notNull(),
    query: text().notNull(),
    /** Whether everyone in the organisation sees it; only its owner changes it. */
    shared: boolean().notNull().default(false),
    createdAt: moment().notNull().defaultNow(),
    updatedAt: moment().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("saved_views_name").on(t.userId, t.area, sql`lower(${t.name})`),
    index("saved_views_shared").on(t.organisationId, t.area),
  ],
);

/** Days within which a finding of a severity ought to be mended; null for no such time. */
export type SlaDays = Record<Severity, number | null>;

export const slaPolicies = pgTable("sla_policies", {
  organisationId: organisationRef().primaryKey(),
  days: jsonb().$type<SlaDays>().notNull(),
  revision: integer().notNull().default(1),
  updatedAt: moment().notNull().defaultNow(),
});
