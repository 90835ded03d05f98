import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Scope } from "#lib/auth/scope.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import { accounts } from "../accounts/schema.ts";
import type { Database, Transaction } from "../client.ts";
import type { CheckCounts } from "../findings/check-counts.ts";
import { checkCounters } from "../resources/schema.ts";
import type { GapGroup } from "../scans/model.ts";
import { coverage, coverageGaps, scanUnits } from "../scans/schema.ts";

type Store = Database | Transaction;

/** Where a check stands in one account. */
export type CheckStanding = CheckCounts & {
  account: { id: string; name: string; cloud: Cloud; disabled: boolean };
};

/** By account, over those that the scope may see: the most that fail first. An account with nothing to judge is left out. */
export async function listCheckStandings(db: Store, scope: Scope, checkId: string): Promise<CheckStanding[]> {
  scope.require("findings:read");
  const sum = (column: AnyPgColumn) => sql<number>`sum(${column})::int`;
  const rows = await db
    .select({
      id: accounts.id,
      name: accounts.name,
      cloud: accounts.cloud,
      disabledAt: accounts.disabledAt,
      pass: sum(checkCounters.pass),
      fail: sum(checkCounters.fail),
      unknown: sum(checkCounters.unknown),
      manual: sum(checkCounters.manual),
    })
    .from(checkCounters)
    .innerJoin(accounts, eq(accounts.id, checkCounters.accountId))
    .where(
      and(
        eq(checkCounters.organisationId, scope.organisationId),
        eq(checkCounters.checkId, checkId),
        scope.accountIds ? inArray(checkCounters.accountId, [...scope.accountIds]) : undefined,
      ),
    )
    .groupBy(accounts.id)
    .orderBy(
      sql`sum(${checkCounters.fail}) desc, sum(${checkCounters.unknown}) desc`,
      asc(accounts.name),
      asc(accounts.id),
    );
  return rows
    .filter((row) => row.pass + row.fail + row.unknown + row.manual > 0)
    .map(({ id, name, cloud, disabledAt, ...counts }) => ({
      account: { id, name, cloud, disabled: disabledAt !== null },
      ...counts,
    }));
}

/**
 * What the newest try at the kinds that a check reads could not read, by cause: of the check's own permissions, or a whole
 * list. Where there is any, the check may answer `unknown`.
 */
export async function listCheckGaps(
  db: Store,
  scope: Scope,
  check: { kinds: readonly string[]; permissions: readonly string[] },
): Promise<GapGroup[]> {
  scope.require("scans:read");
  return db
    .select({
      code: coverageGaps.code,
      operation: coverageGaps.operation,
      account: accounts.name,
      service: coverage.service,
      regions: sql<string[]>`array_agg(distinct ${coverage.region} order by ${coverage.region})`,
      count: sql<number>`count(distinct ${coverageGaps.id})::int`,
      resources: sql<number>`count(distinct ${coverageGaps.resourceUid})::int`,
      wholeList: sql<boolean>`bool_or(${coverageGaps.resourceUid} is null)`,
      message: sql<string>`min(${coverageGaps.message})`,
    })
    .from(coverage)
    .innerJoin(
      scanUnits,
      and(
        eq(scanUnits.scanId, coverage.scanId),
        eq(scanUnits.accountId, coverage.accountId),
        eq(scanUnits.service, coverage.service),
        eq(scanUnits.region, coverage.region),
      ),
    )
    .innerJoin(coverageGaps, eq(coverageGaps.unitId, scanUnits.id))
    .innerJoin(accounts, eq(accounts.id, coverage.accountId))
    .where(
      and(
        eq(coverage.organisationId, scope.organisationId),
        scope.accountIds ? inArray(coverage.accountId, [...scope.accountIds]) : undefined,
        inArray(coverage.kind, [...check.kinds]),
        eq(coverage.clean, false),
        sql`(${coverageGaps.kind} = ${coverage.kind} or ${coverageGaps.kind} is null)`,
        sql`(${inArray(coverageGaps.operation, [...check.permissions])} or ${coverageGaps.resourceUid} is null)`,
      ),
    )
    .groupBy(coverageGaps.code, coverageGaps.operation, accounts.id, accounts.name, coverage.service)
    .orderBy(asc(coverageGaps.code), asc(coverageGaps.operation), asc(accounts.name))
    .limit(100);
}
