import { and, count, eq, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Scope } from "#lib/auth/scope.ts";
import type { Database, Transaction } from "../client.ts";
import type { ServiceTimes } from "./model.ts";
import { scanUnits } from "./schema.ts";
import { visibleUnits } from "./visible.ts";

const took = sql`extract(epoch from ${scanUnits.finishedAt} - ${scanUnits.startedAt}) * 1000`;
const ms = (of: ReturnType<typeof sql>) => sql<number>`round(${of})::int`;
const percentile = (share: number) => ms(sql`percentile_cont(${share}) within group (order by ${took})`);
const sum = (column: AnyPgColumn) => sql<number>`sum(${column})::int`;

/** How long each service's units took, over all visible accounts and regions; those that took longest in all first. */
export async function listServiceTimes(
  db: Database | Transaction,
  scope: Scope,
  scanId: string,
): Promise<ServiceTimes[]> {
  scope.require("scans:read");
  const totalMs = sql<number>`round(sum(${took}))::float8`;
  return db
    .select({
      service: scanUnits.service,
      units: count(),
      minMs: ms(sql`min(${took})`),
      medianMs: percentile(0.5),
      p95Ms: percentile(0.95),
      maxMs: ms(sql`max(${took})`),
      totalMs,
      resources: sum(scanUnits.resources),
      calls: sum(scanUnits.calls),
      throttles: sum(scanUnits.throttles),
    })
    .from(scanUnits)
    .where(
      and(
        visibleUnits(scope),
        eq(scanUnits.scanId, scanId),
        sql`${scanUnits.startedAt} is not null and ${scanUnits.finishedAt} is not null`,
      ),
    )
    .groupBy(scanUnits.service)
    .orderBy(sql`${totalMs} desc`, scanUnits.service);
}
