import { and, asc, count, desc, eq, inArray, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { accounts } from "../accounts/schema.ts";
import type { Database, Transaction } from "../client.ts";
import { type AccountProgress, noUnits, type UnitView } from "./model.ts";
import { scanUnits, type UnitStatus } from "./schema.ts";
import { visibleUnits } from "./visible.ts";

type Store = Database | Transaction;
const iso = (at: Date | null) => at?.toISOString() ?? null;

/**
 * Units of a scan: by account, service and region, or those that took longest first.
 *
 * @param asked.statuses Leaves out those in another state.
 */
export async function listScanUnits(
  db: Store,
  scope: Scope,
  scanId: string,
  asked: { limit?: number; statuses?: readonly UnitStatus[]; order?: "place" | "slowest" } = {},
): Promise<UnitView[]> {
  scope.require("scans:read");
  const { limit = 2_000, statuses, order = "place" } = asked;
  const slowest = order === "slowest";
  const rows = await db
    .select({ unit: scanUnits, account: accounts.name })
    .from(scanUnits)
    .innerJoin(accounts, eq(accounts.id, scanUnits.accountId))
    .where(
      and(
        visibleUnits(scope),
        eq(scanUnits.scanId, scanId),
        statuses ? inArray(scanUnits.status, [...statuses]) : undefined,
        slowest ? sql`${scanUnits.finishedAt} is not null and ${scanUnits.startedAt} is not null` : undefined,
      ),
    )
    .orderBy(
      ...(slowest
        ? [desc(sql`${scanUnits.finishedAt} - ${scanUnits.startedAt}`), asc(scanUnits.id)]
        : [asc(accounts.name), asc(accounts.id), asc(scanUnits.service), asc(scanUnits.region)]),
    )
    .limit(limit);
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

/** How far a scan has come in each account, by name. */
export async function listAccountProgress(
  db: Store,
  scope: Scope,
  scanId: string,
): Promise<AccountProgress[]> {
  scope.require("scans:read");
  const rows = await db
    .select({
      accountId: accounts.id,
      account: accounts.name,
      status: scanUnits.status,
      units: count(),
    })
    .from(scanUnits)
    .innerJoin(accounts, eq(accounts.id, scanUnits.accountId))
    .where(and(visibleUnits(scope), eq(scanUnits.scanId, scanId)))
    .groupBy(accounts.id, accounts.name, scanUnits.status)
    .orderBy(asc(accounts.name), asc(accounts.id));
  return [...Map.groupBy(rows, ({ accountId }) => accountId)].map(([accountId, own]) => ({
    accountId,
    account: own[0]?.account ?? "",
    units: Object.assign(noUnits(), Object.fromEntries(own.map(({ status, units }) => [status, units]))),
  }));
}
