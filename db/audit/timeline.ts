import { and, sql } from "drizzle-orm";
import type { AuditFilter, AuditRange } from "#lib/audit/filter.ts";
import type { Scope } from "#lib/auth/scope.ts";
import type { Store } from "../client.ts";
import type { AuditTimeline, ResultCounts } from "./model.ts";
import { type AuditResult, auditEntries } from "./schema.ts";
import { conditionOf, requireTrail } from "./where.ts";

/** Lengths that a bar may have: people count in these. */
const barLengths = [5, 15, 60, 180, 360, 720, 1_440, 10_080, 43_200].map((minutes) => minutes * 60_000);

/** The shortest bar that makes at most 62 of the stretch. */
export const barOf = ({ from, to }: AuditRange): number =>
  barLengths.find((length) => (to.getTime() - from.getTime()) / length <= 62) ?? 31_536_000_000;

export const noCounts = (): ResultCounts => ({ done: 0, refused: 0, failed: 0 });

/** How many entries that meet a filter each part of a stretch of time has. */
export async function auditTimeline(
  db: Store,
  scope: Scope,
  filter: AuditFilter,
  range: AuditRange,
): Promise<AuditTimeline> {
  requireTrail(scope);
  const barMs = barOf(range);
  const bounded = { ...filter, from: range.from.toISOString(), to: range.to.toISOString() };
  const rows = await db
    .select({
      bar: sql<string>`floor(extract(epoch from ${auditEntries.at}) * 1000 / ${sql.raw(String(barMs))})`,
      result: auditEntries.result,
      count: sql<string>`count(*)`,
    })
    .from(auditEntries)
    .where(and(conditionOf(scope, bounded)))
    .groupBy(sql`1`, auditEntries.result);
  return timelineOf(
    range,
    barMs,
    rows.map(({ bar, result, count }) => ({ at: Number(bar) * barMs, result, count: Number(count) })),
  );
}

/** The bars of a stretch of time, from counts at moments within it. */
export function timelineOf(
  range: AuditRange,
  barMs: number,
  counted: readonly { at: number; result: AuditResult; count: number }[],
): AuditTimeline {
  const first = Math.floor(range.from.getTime() / barMs);
  const last = Math.max(first, Math.ceil(range.to.getTime() / barMs) - 1);
  const bars = Array.from({ length: last - first + 1 }, (_, at) => ({
    from: new Date((first + at) * barMs).toISOString(),
    ...noCounts(),
  }));
  const total = noCounts();
  for (const { at, result, count } of counted) {
    const bar = bars[Math.floor(at / barMs) - first];
    if (!bar) continue;
    bar[result] += count;
    total[result] += count;
  }
  const [from, to] = [range.from.toISOString(), range.to.toISOString()];
  return { from, to, barMs, bars, total, atLeast: false, countedTo: null };
}
