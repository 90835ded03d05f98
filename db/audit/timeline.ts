import { type SQL, sql } from "drizzle-orm";
import type { AuditFilter, AuditRange } from "#lib/audit/filter.ts";
import type { Scope } from "#lib/auth/scope.ts";
import type { Store } from "../client.ts";
import { readCounters } from "./counters.ts";
import type { AuditTimeline, ResultCounts } from "./model.ts";
import { type AuditResult, auditEntries } from "./schema.ts";
import { conditionOf, requireTrail } from "./where.ts";

/** Lengths that a bar may have: people count in these. */
const barLengths = [5, 15, 60, 180, 360, 720, 1_440, 2_880, 10_080, 43_200].map(
  (minutes) => minutes * 60_000,
);

/** The shortest bar that makes at most 62 of the stretch. */
export const barOf = ({ from, to }: AuditRange): number =>
  barLengths.find((length) => (to.getTime() - from.getTime()) / length <= 62) ?? 31_536_000_000;

export const noCounts = (): ResultCounts => ({ done: 0, refused: 0, failed: 0 });

/**
 * How many entries that meet a filter each part of a stretch of time has. By counters where the filter allows, else by the
 * entries themselves, and then 100,000 at most.
 */
export async function auditTimeline(
  db: Store,
  scope: Scope,
  filter: AuditFilter,
  range: AuditRange,
): Promise<AuditTimeline> {
  requireTrail(scope);
  const barMs = barOf(range);
  const { objectId, objectKind, correlationId, text } = filter;
  const isWide = objectId === null && objectKind === null && correlationId === null && text === "";
  // Counters tell what was done or who did it, and not both.
  const isCounted = isWide && (filter.actors.length === 0 || filter.actions.length === 0);
  if (!isCounted || barMs < 3_600_000) return countEntries(db, scope, filter, range, barMs);
  const table = filter.actors.length > 0 ? sql`audit_roll_up_actors` : sql`audit_roll_ups`;
  const meets = meetsOf(filter);
  const finest = barMs % 86_400_000 === 0 ? "day" : "hour";
  const { found, countedTo } = await readCounters(
    db,
    scope,
    range,
    ({ within, entries }) =>
      db.execute<BarRow>(sql`
        select bar, result, sum(entries) as count from (
          select ${barAt(sql`start`, barMs)} as bar, result, entries from ${table} where ${within} and ${meets}
          union all
          select ${barAt(sql`at`, barMs)}, result, 1 from (${entries}) rest where ${meets}
        ) counted group by bar, result`),
    finest,
  );
  return {
    ...timelineOf(
      range,
      barMs,
      found.map((row) => countOf(row, barMs)),
    ),
    countedTo,
  };
}

type BarRow = { bar: string; result: AuditResult; count: string };

const countOf = ({ bar, result, count }: BarRow, barMs: number) => ({
  at: Number(bar) * barMs,
  result,
  count: Number(count),
});

const barAt = (at: SQL, barMs: number) =>
  sql`floor(extract(epoch from ${at}) * 1000 / ${sql.raw(String(barMs))})`;

/** The filter as a condition on counters and entries alike. */
function meetsOf({ actors, actions, results }: AuditFilter): SQL {
  const among = (column: SQL, values: readonly string[]) =>
    sql`${column} in (${sql.join(
      values.map((value) => sql`${value}`),
      sql`, `,
    )})`;
  const all = [
    ...(actors.length > 0 ? [among(sql`actor_id`, actors)] : []),
    ...(results.length > 0 ? [among(sql`result`, results)] : []),
    ...(actions.length > 0
      ? [
          sql`(${sql.join(
            actions.map((action) => actionMeets(action)),
            sql` or `,
          )})`,
        ]
      : []),
  ];
  return all.length === 0 ? sql`true` : sql.join(all, sql` and `);
}

const actionMeets = (wanted: string): SQL =>
  wanted.endsWith(".*") ? sql`starts_with(action, ${wanted.slice(0, -1)})` : sql`action = ${wanted}`;

const mostCounted = 100_000;

async function countEntries(
  db: Store,
  scope: Scope,
  filter: AuditFilter,
  range: AuditRange,
  barMs: number,
): Promise<AuditTimeline> {
  const bounded = { ...filter, from: range.from.toISOString(), to: range.to.toISOString() };
  const rows = await db.execute<BarRow>(sql`
    select ${barAt(sql`at`, barMs)} as bar, result, count(*) as count from (
      select at, result from ${auditEntries} where ${await conditionOf(db, scope, bounded)} order by at desc limit ${mostCounted}
    ) counted group by bar, result`);
  const timeline = timelineOf(
    range,
    barMs,
    rows.map((row) => countOf(row, barMs)),
  );
  const { done, refused, failed } = timeline.total;
  return { ...timeline, atLeast: done + refused + failed >= mostCounted };
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
