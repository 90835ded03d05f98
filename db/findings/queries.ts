import { and, asc, count, eq, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Scope } from "#lib/auth/scope.ts";
import type { Severity } from "#lib/checks/model.ts";
import { DomainError } from "#lib/errors.ts";
import { accounts } from "../accounts/schema.ts";
import type { Database, Transaction } from "../client.ts";
import { resources } from "../resources/schema.ts";
import { coverage } from "../scans/schema.ts";
import { beyond, decodeCursor, encodeCursor, exactOpenedAt, type FindingSort, orderOf } from "./cursor.ts";
import { baseConditions, type FindingFilter, facetConditions, visibleFindings } from "./filters.ts";
import { type Evidence, findings, findingTransitions } from "./schema.ts";

type Store = Database | Transaction;
const iso = (at: Date | null) => at?.toISOString() ?? null;

/** One line of the list. Moments are ISO strings, so that a page and an answer in JSON carry the same. */
export type FindingRow = {
  id: string;
  checkId: string;
  severity: Severity;
  status: "open" | "resolved";
  reason: string;
  /** Of a disabled account, findings stay as they were last seen. */
  account: { id: string; name: string; disabled: boolean };
  service: string;
  region: string;
  /** Shortened in the middle when longer than 400 characters. */
  resource: { name: string; uid: string };
  openedAt: string;
  resolvedAt: string | null;
  reopened: number;
  unverifiedSince: string | null;
};

export type FindingPage = {
  rows: FindingRow[];
  /** How many rows come before the first one. */
  offset: number;
  previous: string | null;
  next: string | null;
};

const shortened = (column: AnyPgColumn) =>
  sql<string>`case when length(${column}) > 400 then left(${column}, 300) || '…' || right(${column}, 100) else ${column} end`;

export type PageRequest = { sort: FindingSort; limit: number; after?: string; before?: string };

/** One page by keyset. A cursor that never was one reads as none. */
export async function listFindings(
  db: Store,
  scope: Scope,
  filter: FindingFilter,
  page: PageRequest,
): Promise<FindingPage> {
  scope.require("findings:read");
  const backwards = page.after === undefined && page.before !== undefined;
  const at = decodeCursor(page.after ?? page.before ?? "");
  const matching = and(visibleFindings(scope), facetConditions(filter), baseConditions(db, filter));
  const found = await db
    .select({
      id: findings.id,
      checkId: findings.checkId,
      severity: findings.severity,
      status: findings.status,
      reason: sql<string>`left(${findings.reason}, 500)`,
      account: {
        id: accounts.id,
        name: accounts.name,
        disabled: sql<boolean>`${accounts.disabledAt} is not null`,
      },
      service: findings.service,
      region: findings.region,
      resource: {
        name: shortened(resources.name),
        uid: shortened(resources.uid),
      },
      openedAt: exactOpenedAt,
      resolvedAt: findings.resolvedAt,
      reopened: findings.reopened,
      unverifiedSince: findings.unverifiedSince,
    })
    .from(findings)
    .innerJoin(resources, eq(resources.id, findings.resourceId))
    .innerJoin(accounts, eq(accounts.id, findings.accountId))
    .where(and(matching, at ? beyond(page.sort, backwards ? "before" : "after", at) : undefined))
    .orderBy(...orderOf(page.sort, backwards))
    .limit(page.limit + 1);
  const more = found.length > page.limit;
  const rows = found.slice(0, page.limit);
  if (backwards) rows.reverse();
  const [first, last] = [rows.at(0), rows.at(-1)];
  const offset = first && at ? await countBefore(db, matching, page.sort, first) : 0;
  return {
    rows: rows.map((row) => ({
      ...row,
      resolvedAt: iso(row.resolvedAt),
      unverifiedSince: iso(row.unverifiedSince),
    })),
    offset,
    previous: first && offset > 0 ? encodeCursor(first) : null,
    next: last && (backwards || more) ? encodeCursor(last) : null,
  };
}

async function countBefore(
  db: Store,
  matching: ReturnType<typeof and>,
  sort: FindingSort,
  first: { severity: Severity; openedAt: string; id: string },
): Promise<number> {
  const [row] = await db
    .select({ rows: count() })
    .from(findings)
    .innerJoin(resources, eq(resources.id, findings.resourceId))
    .where(and(matching, beyond(sort, "before", first)));
  return row?.rows ?? 0;
}

/** Findings alike in all that a facet can tell apart, and how many they are. */
export type FindingGroup = {
  status: "open" | "resolved";
  severity: Severity;
  accountId: string;
  service: string;
  region: string;
  checkId: string;
  count: number;
};

/**
 * Counts for every facet in one pass: grouped by all of them at once, so that each facet can be summed with the other
 * facets' choices and without its own.
 */
export async function countFindingGroups(
  db: Store,
  scope: Scope,
  filter: Pick<FindingFilter, "text" | "scan">,
): Promise<FindingGroup[]> {
  scope.require("findings:read");
  const { status, severity, accountId, service, region, checkId } = findings;
  const query = db
    .select({ status, severity, accountId, service, region, checkId, count: count() })
    .from(findings)
    .$dynamic();
  const joined = filter.text ? query.innerJoin(resources, eq(resources.id, findings.resourceId)) : query;
  return joined
    .where(and(visibleFindings(scope), baseConditions(db, filter)))
    .groupBy(status, severity, accountId, service, region, checkId);
}

export type FindingDetail = Omit<FindingRow, "resource" | "account"> & {
  account: { id: string; name: string; externalId: string; disabledAt: string | null };
  resource: {
    uid: string;
    name: string;
    kind: string;
    tags: Record<string, string>;
    config: Record<string, unknown>;
    unread: string[];
    changedAt: string;
    deletedAt: string | null;
  };
  evidence: Evidence;
  resolution: "fixed" | "resource_gone" | "check_retired" | null;
  firstSeenAt: string;
  /** When a scan last read its kind whole, there where it is; null before the first time. */
  confirmedAt: string | null;
  transitions: {
    id: string;
    scanId: string;
    kind: "opened" | "resolved" | "reopened";
    reason: string;
    at: string;
  }[];
};

/** One finding with all that its panel shows. Throws `not_found`, also for another organisation's. */
export async function getFinding(db: Store, scope: Scope, findingId: string): Promise<FindingDetail> {
  scope.require("findings:read");
  const [row] = await db
    .select({ finding: findings, resource: resources, account: accounts, confirmedAt: coverage.cleanAt })
    .from(findings)
    .innerJoin(resources, eq(resources.id, findings.resourceId))
    .innerJoin(accounts, eq(accounts.id, findings.accountId))
    .leftJoin(
      coverage,
      and(
        eq(coverage.accountId, findings.accountId),
        eq(coverage.service, findings.service),
        eq(coverage.region, resources.unitRegion),
        eq(coverage.kind, resources.kind),
      ),
    )
    .where(and(visibleFindings(scope), eq(findings.id, findingId)));
  if (!row) throw new DomainError("not_found", "There is no finding with this id.");
  const transitions = await db
    .select()
    .from(findingTransitions)
    .where(
      and(
        eq(findingTransitions.organisationId, scope.organisationId),
        eq(findingTransitions.findingId, findingId),
      ),
    )
    .orderBy(asc(findingTransitions.at), asc(findingTransitions.id))
    .limit(500);
  return { ...toDetail(row), transitions: transitions.map(toTransition) };
}

type DetailRow = {
  finding: typeof findings.$inferSelect;
  resource: typeof resources.$inferSelect;
  account: typeof accounts.$inferSelect;
  confirmedAt: Date | null;
};

function toDetail({
  finding,
  resource,
  account,
  confirmedAt,
}: DetailRow): Omit<FindingDetail, "transitions"> {
  const { id, checkId, severity, status, reason, service, region, reopened, evidence, resolution } = finding;
  const { uid, name, kind, tags, config, unread } = resource;
  return {
    id,
    checkId,
    severity,
    status,
    reason,
    service,
    region,
    reopened,
    evidence,
    resolution,
    firstSeenAt: finding.firstSeenAt.toISOString(),
    openedAt: finding.openedAt.toISOString(),
    resolvedAt: iso(finding.resolvedAt),
    unverifiedSince: iso(finding.unverifiedSince),
    confirmedAt: iso(confirmedAt),
    account: {
      id: account.id,
      name: account.name,
      externalId: account.externalId,
      disabledAt: iso(account.disabledAt),
    },
    resource: {
      uid,
      name,
      kind,
      tags,
      config,
      unread,
      changedAt: resource.changedAt.toISOString(),
      deletedAt: iso(resource.deletedAt),
    },
  };
}

const toTransition = ({ id, scanId, kind, reason, at }: typeof findingTransitions.$inferSelect) => ({
  id,
  scanId,
  kind,
  reason,
  at: at.toISOString(),
});
