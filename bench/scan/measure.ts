import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { listFindings } from "#db/findings/queries.ts";
import { findingFilter, openStates } from "#lib/findings/filter.ts";
import { startScan } from "#lib/scans/start-scan.ts";
import type { Installation } from "./installation.ts";

export type MeasuredScan = {
  /** From asking for the scan until its end is committed and a page of findings has been read. */
  seconds: number;
  resources: number;
  calls: number;
  gaps: number;
  opened: number;
};

/** Runs one scan of everything. */
export async function measureScan({ database, scope }: Installation): Promise<MeasuredScan> {
  const { db } = database;
  const startedAt = performance.now();
  const { scanId } = await startScan(db, scope, {});
  for (;;) {
    const [scan] = await db.execute<{ status: string }>(sql`select status from scans where id = ${scanId}`);
    if (scan?.status === "completed") break;
    if (scan?.status !== "running") throw new Error(`The scan is ${scan?.status}.`);
    await sleep(50);
  }
  await listFindings(db, scope, findingFilter({ states: [...openStates] }), { sort: "severity", limit: 50 });
  const seconds = (performance.now() - startedAt) / 1000;
  const [sums] = await db.execute<Omit<MeasuredScan, "seconds">>(sql`
    select coalesce(sum(resources) filter (where service <> 'relations'), 0)::int as resources,
      sum(calls)::int as calls, sum(gaps)::int as gaps, sum(opened)::int as opened
    from scan_units where scan_id = ${scanId}
  `);
  if (!sums) throw new Error("The scan has no units.");
  return { seconds, ...sums };
}

/** Findings written since an earlier state's transaction id. */
export async function findingsWrittenSince({ database }: Installation, xmin: string): Promise<number> {
  const [row] = await database.db.execute<{ written: number }>(sql`
    select count(*)::int as written from findings where xmin::text::bigint > ${xmin}::bigint
  `);
  return row?.written ?? 0;
}

/** The highest transaction id that has written a finding. */
export async function lastWriter({ database }: Installation): Promise<string> {
  const [row] = await database.db.execute<{ xmin: string }>(
    sql`select coalesce(max(xmin::text::bigint), 0)::text as xmin from findings`,
  );
  return row?.xmin ?? "0";
}

/** The most calls that one account's one service got, which its limit makes the slowest part of a scan. */
export async function heaviestPair({ database }: Installation): Promise<number> {
  const [row] = await database.db.execute<{ calls: number }>(sql`
    select max(calls)::int as calls from (
      select sum(calls) as calls from scan_units
      where scan_id = (select max(id) from scans) group by account_id, service
    ) pairs
  `);
  return row?.calls ?? 0;
}
