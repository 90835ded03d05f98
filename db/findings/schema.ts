import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { accountRef } from "../accounts/schema.ts";
import { id, moment, xid8 } from "../columns.ts";
import { organisationRef, users } from "../identity/schema.ts";
import { resources } from "../resources/schema.ts";

/** From least to most, so that the database sorts by it. */
export const severity = pgEnum("severity", ["info", "low", "medium", "high", "critical"]);
/** What the scans say: whether it still is so. */
export const findingStatuses = ["open", "resolved"] as const;
/** How far work on an open finding has come. */
export const workflows = ["new", "in_progress"] as const;
/** Why an open finding is not worked on for now. */
export const suppressions = ["muted", "risk_accepted"] as const;
/** One word for all three: what a list shows and counts by. */
export const findingStates = [...workflows, ...suppressions, "resolved"] as const;
export type FindingState = (typeof findingStates)[number];
/** Who found it: Parapet's own scans, or the tool whose report was imported. */
export const findingSources = ["parapet", "prowler", "security_hub", "sarif"] as const;
export type FindingSource = (typeof findingSources)[number];
export const resolutions = ["fixed", "resource_gone", "check_retired"] as const;

/** The lines of the configuration that prove a finding: a JSON Pointer and the value it pointed at. */
export type Evidence = { path: string; value: unknown }[];

/** One row per check and resource, for ever: it opens, resolves and reopens as itself. */
export const findings = pgTable(
  "findings",
  {
    id: id("fnd"),
    organisationId: organisationRef(),
    accountId: accountRef(),
    resourceId: text()
      .notNull()
      .references(() => resources.id),
    checkId: text().notNull(),
    service: text().notNull(),
    region: text().notNull(),
    severity: severity().notNull(),
    status: text({ enum: findingStatuses }).notNull().default("open"),
    /** One sentence with the actual value. */
    reason: text().notNull(),
    evidence: jsonb().$type<Evidence>().notNull(),
    firstSeenAt: moment().notNull(),
    /** When it opened the last time. */
    openedAt: moment().notNull(),
    resolvedAt: moment(),
    resolution: text({ enum: resolutions }),
    reopened: integer().notNull().default(0),
    workflow: text({ enum: workflows }).notNull().default("new"),
    suppression: text({ enum: suppressions }),
    /** When the suppression ends by itself; set if and only if it is suppressed. */
    suppressedUntil: moment(),
    /** The mute or acceptance that it is suppressed by, or that is asked for. */
    exceptionId: text(),
    state: text({ enum: findingStates })
      .notNull()
      .generatedAlwaysAs(
        sql`case when status = 'resolved' then 'resolved' when suppression is not null then suppression else workflow end`,
      ),
    assigneeId: text().references(() => users.id),
    /** When it ought to be mended: `openedAt` and the days that the policy gives its severity, or as set by hand. */
    dueAt: moment(),
    dueByHand: boolean().notNull().default(false),
    /** Who owns the resource, by its tags; empty when they don't say. Kept here so that findings group by it. */
    owner: text().notNull().default(""),
    source: text({ enum: findingSources }).notNull().default("parapet"),
    /** Grows with every act of a person, so that an edit of what meanwhile changed is noticed. Scans leave it. */
    revision: integer().notNull().default(1),
    /** Since when the check can't tell any more; null while it can. The finding stays as it was. */
    unverifiedSince: moment(),
  },
  (t) => [
    uniqueIndex("findings_identity").on(t.resourceId, t.checkId),
    index("findings_list").on(t.organisationId, t.status, t.severity.desc(), t.openedAt.desc(), t.id.desc()),
    index("findings_unit").on(t.accountId, t.service, t.region, t.status),
    index("findings_check").on(t.organisationId, t.checkId, t.status),
    index("findings_service").on(t.organisationId, t.service, t.status),
    index("findings_region").on(t.organisationId, t.region, t.status),
    index("findings_owner").on(t.organisationId, t.owner, t.status),
    index("findings_assignee").on(t.assigneeId, t.status).where(sql`${t.assigneeId} is not null`),
    // The migration has it carry what facets choose by, so that what is due is counted in the index alone.
    index("findings_due")
      .on(t.organisationId, t.dueAt, t.id)
      .where(sql`${t.status} = 'open' and ${t.suppression} is null`),
    index("findings_suppressed").on(t.suppressedUntil).where(sql`${t.suppression} is not null`),
    check("findings_suppression", sql`(${t.suppression} is null) = (${t.suppressedUntil} is null)`),
    // The gravest one of a resource that is to be worked on, and whether it has any. It begins with what tells most, so
    // that it is taken even while the planner knows nothing yet of a first scan's rows. No index has the workflow or the
    // state: so a hundred thousand findings change theirs without a write to any index.
    index("findings_resource")
      .on(t.resourceId, t.severity, t.openedAt, t.id)
      .where(sql`${t.status} = 'open' and ${t.suppression} is null`),
    // Open ones are counted by account and severity for every list of accounts.
    index("findings_open").on(t.organisationId, t.accountId, t.severity).where(sql`${t.status} = 'open'`),
  ],
);

export const transitionKinds = ["opened", "resolved", "reopened"] as const;

/** The history of findings: what happened, never a copy per scan. */
export const findingTransitions = pgTable(
  "finding_transitions",
  {
    id: id("trn"),
    organisationId: organisationRef(),
    findingId: text()
      .notNull()
      .references(() => findings.id),
    scanId: text().notNull(),
    kind: text({ enum: transitionKinds }).notNull(),
    reason: text().notNull(),
    at: moment().notNull(),
  },
  (t) => [
    index("finding_transitions_finding").on(t.findingId, t.at),
    index("finding_transitions_scan").on(t.scanId),
  ],
);

const countedBy = () => ({
  organisationId: organisationRef(),
  accountId: text().notNull(),
  checkId: text().notNull(),
  service: text().notNull(),
  region: text().notNull(),
  severity: severity().notNull(),
  state: text({ enum: findingStates }).notNull(),
  /** Empty for nobody. */
  assigneeId: text().notNull(),
  owner: text().notNull(),
  source: text({ enum: findingSources }).notNull(),
  findings: integer().notNull(),
});

/**
 * How many findings are alike in all that a list counts by. With what stands in `findingCountChanges`, it is exact in
 * every snapshot: a trigger writes there in the transaction that changes findings.
 */
export const findingCounts = pgTable("finding_counts", countedBy(), (t) => [
  uniqueIndex("finding_counts_identity").on(
    t.organisationId,
    t.state,
    t.accountId,
    t.checkId,
    t.region,
    t.severity,
    t.assigneeId,
    t.owner,
    t.source,
    t.service,
  ),
]);

/** The transaction that wrote it, by which a reader of an earlier snapshot tells what it has not seen yet. */
const writer = () => xid8().notNull().default(sql`pg_current_xact_id()`);

/** Changes of the counts that are not folded into them yet. Written, never updated, so that writers don't meet. */
export const findingCountChanges = pgTable(
  "finding_count_changes",
  { ...countedBy(), writer: writer() },
  (t) => [index("finding_count_changes_list").on(t.organisationId, t.writer)],
);

/** Changes that are folded into the counts: kept for some minutes, for who holds the counts of an earlier snapshot. */
export const findingCountLog = pgTable(
  "finding_count_log",
  {
    ...countedBy(),
    organisationId: text().notNull(),
    writer: writer(),
    foldedAt: moment().notNull().defaultNow(),
  },
  (t) => [
    index("finding_count_log_list").on(t.organisationId, t.writer),
    index("finding_count_log_folded").on(t.foldedAt),
  ],
);
