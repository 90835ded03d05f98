import { and, asc, count, desc, eq, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { accounts } from "../accounts/schema.ts";
import type { Database, Transaction } from "../client.ts";
import type { GapGroup } from "./model.ts";
import { coverageGaps, scanUnits } from "./schema.ts";
import { visibleUnits } from "./visible.ts";

/** @param accountId Leaves out those of other accounts. */
export async function listGapGroups(
  db: Database | Transaction,
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
