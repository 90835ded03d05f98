import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgEnum, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { accountRef } from "../accounts/schema.ts";
import { id, moment } from "../columns.ts";
import { organisationRef } from "../identity/schema.ts";
import { resources } from "../resources/schema.ts";

/** From least to most, so that the database sorts by it. */
export const severity = pgEnum("severity", ["info", "low", "medium", "high", "critical"]);
export const findingStatuses = ["open", "resolved"] as const;
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
    /** Since when the check can't tell any more; null while it can. The finding stays as it was. */
    unverifiedSince: moment(),
  },
  (t) => [
    uniqueIndex("findings_identity").on(t.resourceId, t.checkId),
    index("findings_list").on(t.organisationId, t.status, t.severity.desc(), t.openedAt.desc(), t.id.desc()),
    index("findings_unit").on(t.accountId, t.service, t.region, t.status),
    index("findings_check").on(t.organisationId, t.checkId, t.status),
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
