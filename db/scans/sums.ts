import { and, asc, count, eq, inArray, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Scope } from "#lib/auth/scope.ts";
import { accounts } from "../accounts/schema.ts";
import type { Database, Transaction } from "../client.ts";
import { noUnits, type ScanView } from "./model.ts";
import { type scans, scanUnits, type UnitStatus } from "./schema.ts";
import { visibleUnits } from "./visible.ts";

type Store = Database | Transaction;
export type ScanRow = { scan: typeof scans.$inferSelect; requestedBy: string | null };

/** How many units of each scan have which status. */
export async function countUnits(
  db: Store,
  scope: Scope,
  scanIds: readonly string[],
): Promise<Map<string, Record<UnitStatus, number>>> {
  const found = new Map(scanIds.map((id) => [id, noUnits()]));
  if (scanIds.length === 0) return found;
  const rows = await db
    .select({ scanId: scanUnits.scanId, status: scanUnits.status, units: count() })
    .from(scanUnits)
    .where(and(visibleUnits(scope), inArray(scanUnits.scanId, [...scanIds])))
    .groupBy(scanUnits.scanId, scanUnits.status);
  for (const { scanId, status, units } of rows) {
    const own = found.get(scanId);
    if (own) own[status] = units;
  }
  return found;
}

/** The scans with what they came to. */
export async function withSums(db: Store, scope: Scope, rows: readonly ScanRow[]): Promise<ScanView[]> {
  if (rows.length === 0) return [];
  const sum = (column: AnyPgColumn) => sql<number>`sum(${column})::int`;
  const groups = await db
    .select({
      scanId: scanUnits.scanId,
      status: scanUnits.status,
      account: accounts.name,
      units: count(),
      resources: sum(scanUnits.resources),
      changed: sum(scanUnits.changed),
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
  const byScan = Map.groupBy(groups, ({ scanId }) => scanId);
  return rows.map(({ scan, requestedBy }) => {
    const own = byScan.get(scan.id) ?? [];
    const total = (pick: (group: (typeof own)[number]) => number) => own.reduce((all, g) => all + pick(g), 0);
    const units = noUnits();
    for (const group of own) units[group.status] += group.units;
    const { id, trigger, scope: asked, status, error } = scan;
    return {
      ...{ id, trigger, requestedBy, scope: asked, status, error, units },
      createdAt: scan.createdAt.toISOString(),
      finishedAt: scan.finishedAt?.toISOString() ?? null,
      accounts: [...new Set(own.map((group) => group.account))],
      resources: total((g) => g.resources),
      changed: total((g) => g.changed),
      opened: total((g) => g.opened),
      resolved: total((g) => g.resolved),
      reopened: total((g) => g.reopened),
      gaps: total((g) => g.gaps),
      calls: total((g) => g.calls),
      throttles: total((g) => g.throttles),
    };
  });
}
