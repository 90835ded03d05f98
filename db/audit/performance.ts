import { sql } from "drizzle-orm";
import type { AuditRange } from "#lib/audit/filter.ts";
import type { Scope } from "#lib/auth/scope.ts";
import type { Store } from "../client.ts";
import type { ActionPerformance, AuditPerformance } from "./model.ts";
import { beforeOf } from "./statistics.ts";
import { requireTrail } from "./where.ts";

/** A comparison takes as many acts in both stretches, */
const fewest = 20;
/** and is worth a warning from this factor on, when it is this much longer too. */
const worseFactor = 1.5;
const worseMs = 25;

type Row = Record<"action" | "count" | "min" | "max" | "mean" | "p50" | "p95" | "p99", string>;

/** How long acts that were done took, by action, and which of them grew slower. */
export async function auditPerformance(
  db: Store,
  scope: Scope,
  range: AuditRange,
): Promise<AuditPerformance> {
  requireTrail(scope);
  const [now, earlier] = [await read(db, scope, range), await read(db, scope, beforeOf(range, 4))];
  const actions = [...now].map(([action, it]): ActionPerformance => {
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
  return { from: range.from.toISOString(), to: range.to.toISOString(), actions, countedTo: null };
}

/** By what factor it grew slower; null when that is nothing to warn of. */
export function worseThan(nowMs: number, thenMs: number): number | null {
  if (nowMs - thenMs < worseMs || nowMs < thenMs * worseFactor) return null;
  return Math.round((nowMs / Math.max(thenMs, 0.001)) * 10) / 10;
}

async function read(
  db: Store,
  scope: Scope,
  { from, to }: AuditRange,
): Promise<Map<string, Omit<ActionPerformance, "baseline" | "worse">>> {
  const rows: Row[] = await db.execute<Row>(sql`
    select action, count(*) as count, min(duration_ms) as min, max(duration_ms) as max, avg(duration_ms) as mean,
      percentile_cont(0.5) within group (order by duration_ms) as p50,
      percentile_cont(0.95) within group (order by duration_ms) as p95,
      percentile_cont(0.99) within group (order by duration_ms) as p99
    from audit_entries
    where organisation_id = ${scope.organisationId} and result = 'done' and duration_ms is not null
      and at >= ${from.toISOString()}::timestamptz and at < ${to.toISOString()}::timestamptz
    group by action`);
  return new Map(
    rows.map((row) => [
      row.action,
      {
        action: row.action,
        ...{
          count: Number(row.count),
          minMs: Number(row.min),
          maxMs: Number(row.max),
          meanMs: Number(row.mean),
        },
        ...{ p50Ms: Number(row.p50), p95Ms: Number(row.p95), p99Ms: Number(row.p99) },
      },
    ]),
  );
}
