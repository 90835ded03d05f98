import { and, eq, inArray, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Scope } from "#lib/auth/scope.ts";
import type { Database, Transaction } from "../client.ts";
import { checkCounters } from "../resources/schema.ts";

/** How many resources have each verdict of a check. */
export type CheckCounts = { pass: number; fail: number; unknown: number; manual: number };

/** By check id, over the accounts that the scope may see; a check that has judged nothing is not in it. */
export async function sumCheckCounts(
  db: Database | Transaction,
  scope: Scope,
): Promise<Map<string, CheckCounts>> {
  scope.require("findings:read");
  const sum = (column: AnyPgColumn) => sql<number>`sum(${column})::int`;
  const rows = await db
    .select({
      checkId: checkCounters.checkId,
      pass: sum(checkCounters.pass),
      fail: sum(checkCounters.fail),
      unknown: sum(checkCounters.unknown),
      manual: sum(checkCounters.manual),
    })
    .from(checkCounters)
    .where(
      and(
        eq(checkCounters.organisationId, scope.organisationId),
        scope.accountIds ? inArray(checkCounters.accountId, [...scope.accountIds]) : undefined,
      ),
    )
    .groupBy(checkCounters.checkId);
  return new Map(rows.map(({ checkId, ...counts }) => [checkId, counts]));
}
