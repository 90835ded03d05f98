import { sql } from "drizzle-orm";
import type { AuditRange } from "#lib/audit/filter.ts";
import type { Scope } from "#lib/auth/scope.ts";
import type { Store } from "../client.ts";
import { readCounters } from "./counters.ts";
import { bucketOf, percentileOf } from "./histogram.ts";
import type { ActionPerformance, AuditPerformance } from "./model.ts";
import { beforeOf } from "./statistics.ts";
import { requireTrail } from "./where.ts";

/** A comparison takes as many acts in both stretches, */
const fewest = 20;
/** and is worth a warning from this factor on, when it is this much longer too. */
const worseFactor = 1.5;
const worseMs = 25;
const weekMs = 7 * 86_400_000;

type Row = { action: string; bucket: string; entries: string; total: string; min: string; max: string };

/** How long acts that were done took, by action, and which of them grew slower. */
export async function auditPerformance(
  db: Store,
  scope: Scope,
  range: AuditRange,
): Promise<AuditPerformance> {
  requireTrail(scope);
  const now = await read(db, scope, range);
  const earlier = (await read(db, scope, baselineOf(range))).found;
  const actions = [...now.found].map(([action, it]): ActionPerformance => {
    const then = earlier.get(action);
    const comparable = then && then.count >= fewest && it.count >= fewest ? then : null;
    return {
      ...it,
      baseline: comparable ? { count: comparable.count, p95Ms: comparable.p95Ms } : null,
      worse: comparable ? worseThan(it.p95Ms, comparable.p95Ms) : null,
    };
  });
  actions.sort(
    (a, b) => (b.worse ?? 0) - (a.worse ?? 0) || b.p95Ms - a.p95Ms || (a.action < b.action ? -1 : 1),
  );
  return { from: range.from.toISOString(), to: range.to.toISOString(), actions, countedTo: now.countedTo };
}

/** What a stretch is compared with: the four of its length before, or one where that is more than a week already. */
const baselineOf = (range: AuditRange): AuditRange =>
  beforeOf(range, range.to.getTime() - range.from.getTime() > weekMs ? 1 : 4);

/** By what factor it grew slower; null when that is nothing to warn of. */
export function worseThan(nowMs: number, thenMs: number): number | null {
  if (nowMs - thenMs < worseMs || nowMs < thenMs * worseFactor) return null;
  return Math.round((nowMs / Math.max(thenMs, 0.001)) * 10) / 10;
}

type Times = Omit<ActionPerformance, "baseline" | "worse">;

async function read(
  db: Store,
  scope: Scope,
  range: AuditRange,
): Promise<{ found: Map<string, Times>; countedTo: string | null }> {
  const { found, countedTo } = await readCounters(db, scope, range, ({ within, entries }) =>
    db.execute<Row>(sql`
      with rest as materialized (
        select action, duration_ms from (${entries}) rest where result = 'done' and duration_ms is not null
      ), acts as (
        select action, sum(total) as total, min(min) as min, max(max) as max from (
          select action, total_ms as total, min_ms as min, max_ms as max from audit_roll_ups
          where ${within} and result = 'done' and timed > 0
          union all select action, duration_ms, duration_ms, duration_ms from rest
        ) each group by action
      ), durations as (
        select action, bucket, sum(entries) as entries from (
          select action, bucket, entries from audit_roll_up_durations where ${within}
          union all select action, ${bucketOf(sql`duration_ms`)}, 1 from rest
        ) each group by action, bucket
      )
      select action, bucket, entries, total, min, max from acts join durations using (action)`),
  );
  const times = [...Map.groupBy(found, ({ action }) => action)].flatMap(([action, rows]) =>
    timesOf(action, rows),
  );
  return { found: new Map(times.map((each) => [each.action, each])), countedTo };
}

function timesOf(action: string, rows: readonly Row[]): Times[] {
  const [one] = rows;
  if (!one) return [];
  const buckets = rows.map(({ bucket, entries }) => ({ bucket: Number(bucket), entries: Number(entries) }));
  const count = buckets.reduce((sum, { entries }) => sum + entries, 0);
  const known = { minMs: Number(one.min), maxMs: Number(one.max) };
  const share = (of: number) => round(percentileOf(buckets, of, known));
  return [
    {
      ...{ action, count, ...known, meanMs: round(Number(one.total) / count) },
      ...{ p50Ms: share(0.5), p95Ms: share(0.95), p99Ms: share(0.99) },
    },
  ];
}

const round = (ms: number) => Math.round(ms * 1_000) / 1_000;
