import { and, asc, count, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import type { GapCode } from "#lib/inventory/model.ts";
import { accounts } from "../accounts/schema.ts";
import type { Database, Transaction } from "../client.ts";
import { users } from "../identity/schema.ts";
import { coverage, coverageGaps, type ScanScope, scans, scanUnits, type UnitStatus } from "./schema.ts";

type Store = Database | Transaction;
const iso = (at: Date | null) => at?.toISOString() ?? null;

/** The units of the organisation in the accounts that the scope may see. */
const visibleUnits = (scope: Scope): SQL | undefined =>
  and(
    eq(scanUnits.organisationId, scope.organisationId),
    scope.accountIds ? inArray(scanUnits.accountId, [...scope.accountIds]) : undefined,
  );

export type ScanStatus = (typeof scans.$inferSelect)["status"];

/** How a scan stands, summed over its units. */
export type ScanSums = {
  units: Record<UnitStatus, number>;
  /** Names of the accounts it covers. */
  accounts: string[];
  resources: number;
  opened: number;
  resolved: number;
  reopened: number;
  gaps: number;
  calls: number;
  throttles: number;
};

export type ScanView = ScanSums & {
  id: string;
  trigger: "manual" | "connect" | "schedule";
  /** Who asked for it; null when nobody did, or when it was a part of the system. */
  requestedBy: string | null;
  scope: ScanScope;
  status: ScanStatus;
  createdAt: string;
  finishedAt: string | null;
  error: string | null;
};

const noUnits = (): Record<UnitStatus, number> => ({
  waiting: 0,
  queued: 0,
  running: 0,
  done: 0,
  gap: 0,
  failed: 0,
  cancelled: 0,
});

/** A page of scans, newest first. `before` is the id of the last one seen. */
export async function listScans(
  db: Store,
  scope: Scope,
  page: { limit: number; before?: string },
): Promise<{ scans: ScanView[]; next: string | null }> {
  scope.require("scans:read");
  const rows = await selectScans(
    db,
    scope,
    page.before
      ? sql`(${scans.createdAt}, ${scans.id}) < (select created_at, id from scans where id = ${page.before} and organisation_id = ${scope.organisationId})`
      : undefined,
    page.limit + 1,
  );
  const shown = rows.slice(0, page.limit);
  return {
    scans: await withSums(db, scope, shown),
    next: rows.length > page.limit ? (shown.at(-1)?.scan.id ?? null) : null,
  };
}

/** Throws `not_found`, also for another organisation's. */
export async function getScan(db: Store, scope: Scope, scanId: string): Promise<ScanView> {
  scope.require("scans:read");
  const [scan] = await withSums(db, scope, await selectScans(db, scope, eq(scans.id, scanId), 1));
  if (!scan) throw new DomainError("not_found", "There is no scan with this id.");
  return scan;
}

/** The scan under way and the last one that came to an end, if any. */
export async function getLatestScans(
  db: Store,
  scope: Scope,
): Promise<{ running: ScanView | null; last: ScanView | null }> {
  scope.require("scans:read");
  const isRunning = inArray(scans.status, ["running", "cancelling"]);
  const [running, last] = await Promise.all([
    selectScans(db, scope, isRunning, 1),
    selectScans(db, scope, eq(scans.status, "completed"), 1),
  ]);
  const [runningView, lastView] = await Promise.all([
    withSums(db, scope, running),
    withSums(db, scope, last),
  ]);
  return { running: runningView[0] ?? null, last: lastView[0] ?? null };
}

type ScanRow = { scan: typeof scans.$inferSelect; requestedBy: string | null };

const selectScans = (db: Store, scope: Scope, which: SQL | undefined, limit: number): Promise<ScanRow[]> =>
  db
    .select({ scan: scans, requestedBy: users.name })
    .from(scans)
    .leftJoin(users, and(eq(users.id, scans.requestedBy), eq(users.organisationId, scope.organisationId)))
    .where(and(eq(scans.organisationId, scope.organisationId), which))
    .orderBy(desc(scans.createdAt), desc(scans.id))
    .limit(limit);

async function withSums(db: Store, scope: Scope, rows: ScanRow[]): Promise<ScanView[]> {
  if (rows.length === 0) return [];
  const sum = (column: AnyPgColumn) => sql<number>`sum(${column})::int`;
  const groups = await db
    .select({
      scanId: scanUnits.scanId,
      status: scanUnits.status,
      account: accounts.name,
      units: count(),
      resources: sum(scanUnits.resources),
      opened: sum(scanUnits.opened),
      resolved: sum(scanUnits.resolved),
      reopened: sum(scanUnits.reopened),
      gaps: sum(scanUnits.gaps),
      calls: sum(scanUnits.calls),
      throttles: sum(scanUnits.throttles),
    })
    .from(scanUnits)
    .innerJoin(accounts, eq(accounts.id, scanUnits.accountId))
    .where(
      and(
        visibleUnits(scope),
        inArray(
          scanUnits.scanId,
          rows.map(({ scan }) => scan.id),
        ),
      ),
    )
    .groupBy(scanUnits.scanId, scanUnits.status, accounts.id, accounts.name)
    .orderBy(asc(accounts.name));
  return rows.map(({ scan, requestedBy }) => {
    const own = groups.filter((group) => group.scanId === scan.id);
    const total = (pick: (group: (typeof own)[number]) => number) => own.reduce((all, g) => all + pick(g), 0);
    const units = noUnits();
    for (const group of own) units[group.status] += group.units;
    const { id, trigger, scope: asked, status, error } = scan;
    return {
      id,
      trigger,
      requestedBy,
      scope: asked,
      status,
      error,
      createdAt: scan.createdAt.toISOString(),
      finishedAt: iso(scan.finishedAt),
      units,
      accounts: [...new Set(own.map((group) => group.account))],
      resources: total((g) => g.resources),
      opened: total((g) => g.opened),
      resolved: total((g) => g.resolved),
      reopened: total((g) => g.reopened),
      gaps: total((g) => g.gaps),
      calls: total((g) => g.calls),
      throttles: total((g) => g.throttles),
    };
  });
}

export type UnitView = {
  id: string;
  accountId: string;
  account: string;
  service: string;
  region: string;
  supporting: boolean;
  status: UnitStatus;
  attempts: number;
  resources: number;
  changed: number;
  calls: number;
  throttles: number;
  gaps: number;
  startedAt: string | null;
  finishedAt: string | null;
  error: string | null;
};

/** Every unit of a scan, by account, service and region. */
export async function listScanUnits(db: Store, scope: Scope, scanId: string): Promise<UnitView[]> {
  scope.require("scans:read");
  const rows = await db
    .select({ unit: scanUnits, account: accounts.name })
    .from(scanUnits)
    .innerJoin(accounts, eq(accounts.id, scanUnits.accountId))
    .where(and(visibleUnits(scope), eq(scanUnits.scanId, scanId)))
    .orderBy(asc(accounts.name), asc(accounts.id), asc(scanUnits.service), asc(scanUnits.region));
  return rows.map(({ unit, account }) => {
    const { id, accountId, service, region, supporting, status, attempts, resources, changed } = unit;
    const { calls, throttles, gaps, error } = unit;
    const [startedAt, finishedAt] = [iso(unit.startedAt), iso(unit.finishedAt)];
    return {
      ...{ id, accountId, account, service, region, supporting, status, attempts, resources, changed },
      ...{ calls, throttles, gaps, startedAt, finishedAt, error },
    };
  });
}

/** Gaps of one cause: the same call, refused in the same way, in one account. */
export type GapGroup = {
  code: GapCode;
  operation: string;
  account: string;
  service: string;
  regions: string[];
  count: number;
  /** Resources that were seen and whose facts are incomplete. */
  resources: number;
  /** True when a whole list could not be read, so that resources may exist which nobody saw. */
  wholeList: boolean;
  /** What the provider said, once. */
  message: string;
};

/** @param accountId Leaves out those of other accounts. */
export async function listGapGroups(
  db: Store,
  scope: Scope,
  scanId: string,
  accountId?: string,
): Promise<GapGroup[]> {
  scope.require("scans:read");
  const own = accountId === undefined ? undefined : eq(scanUnits.accountId, accountId);
  return db
    .select({
      code: coverageGaps.code,
      operation: coverageGaps.operation,
      account: accounts.name,
      service: scanUnits.service,
      regions: sql<string[]>`array_agg(distinct ${scanUnits.region} order by ${scanUnits.region})`,
      count: count(),
      resources: sql<number>`count(distinct ${coverageGaps.resourceUid})::int`,
      wholeList: sql<boolean>`bool_or(${coverageGaps.resourceUid} is null)`,
      message: sql<string>`min(${coverageGaps.message})`,
    })
    .from(coverageGaps)
    .innerJoin(scanUnits, eq(scanUnits.id, coverageGaps.unitId))
    .innerJoin(accounts, eq(accounts.id, scanUnits.accountId))
    .where(and(visibleUnits(scope), eq(coverageGaps.scanId, scanId), own))
    .groupBy(coverageGaps.code, coverageGaps.operation, accounts.id, accounts.name, scanUnits.service)
    .orderBy(asc(coverageGaps.code), desc(count()), asc(coverageGaps.operation), asc(accounts.name))
    .limit(500);
}

export type ScanChoice = { id: string; name: string; externalId: string };

/** What a scan can be narrowed to: accounts in use, and the regions and services known from them. */
export async function listScanChoices(
  db: Store,
  scope: Scope,
): Promise<{ accounts: ScanChoice[]; regions: string[] }> {
  scope.require("accounts:read");
  const visible = scope.accountIds ? inArray(accounts.id, [...scope.accountIds]) : undefined;
  const [connected, seen] = await Promise.all([
    db
      .select({
        id: accounts.id,
        name: accounts.name,
        externalId: accounts.externalId,
        regions: accounts.regions,
      })
      .from(accounts)
      .where(
        and(eq(accounts.organisationId, scope.organisationId), visible, sql`${accounts.disabledAt} is null`),
      )
      .orderBy(asc(accounts.name)),
    db
      .selectDistinct({ region: coverage.region })
      .from(coverage)
      .where(eq(coverage.organisationId, scope.organisationId)),
  ]);
  const regions = new Set([
    ...connected.flatMap(({ regions }) => regions ?? []),
    ...seen.map((row) => row.region),
  ]);
  return {
    accounts: connected.map(({ id, name, externalId }) => ({ id, name, externalId })),
    regions: [...regions].sort(),
  };
}
