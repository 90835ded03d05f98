import { and, asc, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import { accounts } from "../accounts/schema.ts";
import type { Database, Transaction } from "../client.ts";
import { users } from "../identity/schema.ts";
import { noUnits, type ScanBrief, type ScanView } from "./model.ts";
import { coverage, scans } from "./schema.ts";
import { countUnits, type ScanRow, withSums } from "./sums.ts";
import { visibleScans } from "./visible.ts";

type Store = Database | Transaction;

/** A page of scans, newest first. `before` is the id of the last one seen. */
export async function listScans(
  db: Store,
  scope: Scope,
  page: { limit: number; before?: string | undefined },
): Promise<{ scans: ScanView[]; next: string | null }> {
  scope.require("scans:read");
  const beyond = page.before
    ? sql`(${scans.createdAt}, ${scans.id}) < (select created_at, id from scans where id = ${page.before} and organisation_id = ${scope.organisationId})`
    : undefined;
  const rows = await selectScans(db, scope, beyond, page.limit + 1);
  const shown = rows.slice(0, page.limit);
  return {
    scans: await withSums(db, scope, shown),
    next: rows.length > page.limit ? (shown.at(-1)?.scan.id ?? null) : null,
  };
}

/** Throws `not_found`, also for another organisation's and for one that reads no visible account. */
export async function getScan(db: Store, scope: Scope, scanId: string): Promise<ScanView> {
  scope.require("scans:read");
  const [scan] = await withSums(db, scope, await selectScans(db, scope, eq(scans.id, scanId), 1));
  if (!scan) throw new DomainError("not_found", "There is no scan with this id.");
  return scan;
}

/** The scan that ended before this one and was asked to cover the same, to compare it with; null for the first. */
export async function getPreviousScan(db: Store, scope: Scope, scan: ScanView): Promise<ScanView | null> {
  scope.require("scans:read");
  const which = and(
    eq(scans.status, "completed"),
    sql`${scans.scope} = ${JSON.stringify(scan.scope)}::jsonb`,
    sql`(${scans.createdAt}, ${scans.id}) < (select created_at, id from scans where id = ${scan.id})`,
  );
  const [previous] = await withSums(db, scope, await selectScans(db, scope, which, 1));
  return previous ?? null;
}

/** The scan under way and the last one that came to an end, if any. Asked for by every page, so it sums up no more. */
export async function getLatestScans(
  db: Store,
  scope: Scope,
): Promise<{ running: ScanBrief | null; last: ScanBrief | null }> {
  scope.require("scans:read");
  const [[running], [last]] = await Promise.all([
    selectScans(db, scope, inArray(scans.status, ["running", "cancelling"]), 1),
    selectScans(db, scope, eq(scans.status, "completed"), 1),
  ]);
  const units = await countUnits(
    db,
    scope,
    [running, last].flatMap((row) => (row ? [row.scan.id] : [])),
  );
  const brief = (row: ScanRow | undefined): ScanBrief | null =>
    row
      ? {
          id: row.scan.id,
          status: row.scan.status,
          createdAt: row.scan.createdAt.toISOString(),
          finishedAt: row.scan.finishedAt?.toISOString() ?? null,
          units: units.get(row.scan.id) ?? noUnits(),
        }
      : null;
  return { running: brief(running), last: brief(last) };
}

const selectScans = (db: Store, scope: Scope, which: SQL | undefined, limit: number): Promise<ScanRow[]> =>
  db
    .select({ scan: scans, requestedBy: users.name })
    .from(scans)
    .leftJoin(users, and(eq(users.id, scans.requestedBy), eq(users.organisationId, scope.organisationId)))
    .where(and(visibleScans(scope), which))
    .orderBy(desc(scans.createdAt), desc(scans.id))
    .limit(limit);

export type ScanChoice = { id: string; name: string; externalId: string };

/** What a scan can be narrowed to: accounts in use, and the regions known from them. */
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
      .where(
        and(
          eq(coverage.organisationId, scope.organisationId),
          scope.accountIds ? inArray(coverage.accountId, [...scope.accountIds]) : undefined,
        ),
      ),
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
