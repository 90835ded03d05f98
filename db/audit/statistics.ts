import { sql } from "drizzle-orm";
import type { AuditRange } from "#lib/audit/filter.ts";
import type { Scope } from "#lib/auth/scope.ts";
import type { Store } from "../client.ts";
import { readCounters } from "./counters.ts";
import type { AuditStatistics, ResultCounts } from "./model.ts";
import type { AuditResult } from "./schema.ts";
import { noCounts } from "./timeline.ts";
import { namesOf } from "./views.ts";
import { requireTrail } from "./where.ts";

type Row = {
  what: "action" | "actor" | "hour";
  kind: string | null;
  name: string | null;
  result: AuditResult;
  count: string;
  lastAt: string;
};

/** What happened in a stretch of time: by action, category, actor and hour of the day. */
export async function auditStatistics(db: Store, scope: Scope, range: AuditRange): Promise<AuditStatistics> {
  requireTrail(scope);
  const { found: rows, countedTo } = await readCounters(db, scope, range, ({ within, entries }) =>
    db.execute<Row>(sql`
      with rest as materialized (${entries})
      select 'action' as what, null as kind, action as name, result, sum(entries) as count, max(last_at)::text as "lastAt"
      from (
        select action, result, entries, last_at from audit_roll_ups where ${within}
        union all select action, result, 1, at from rest
      ) acts group by action, result
      union all
      select 'actor', actor_kind, actor_id, result, sum(entries), max(last_at)::text
      from (
        select actor_kind, actor_id, result, entries, last_at from audit_roll_up_actors where ${within}
        union all select actor_kind, actor_id, result, 1, at from rest
      ) actors group by actor_kind, actor_id, result`),
  );
  const of = (what: Row["what"]) => rows.filter((row) => row.what === what);
  const actions = tallied(of("action"), ({ name }) => name ?? "");
  const actors = tallied(of("actor"), ({ kind, name }) => `${kind} ${name}`);
  const names = await namesOf(
    db,
    scope,
    of("actor").flatMap(({ kind, name }) => (kind === "user" && name !== null ? [name] : [])),
  );
  return {
    ...{ from: range.from.toISOString(), to: range.to.toISOString() },
    total: sum(actions.map(({ counts }) => counts)),
    before: await totalOf(db, scope, beforeOf(range)),
    actions: actions.map(({ key, counts, lastAt }) => ({ action: key, counts, lastAt })),
    categories: byCategory(actions),
    actors: actors.map(({ key, counts, lastAt }) => {
      const [kind, id = ""] = [key.slice(0, key.indexOf(" ")), key.slice(key.indexOf(" ") + 1)];
      return {
        actor: { kind: kind === "user" ? "user" : "system", id, name: names.get(id) ?? id },
        counts,
        lastAt,
      };
    }),
    hours: await hoursOf(db, scope, range),
    countedTo,
  };
}

async function totalOf(db: Store, scope: Scope, range: AuditRange): Promise<ResultCounts> {
  const { found } = await readCounters(db, scope, range, ({ within, entries }) =>
    db.execute<{ result: AuditResult; count: string }>(sql`
      select result, sum(entries) as count from (
        select result, entries from audit_roll_ups where ${within}
        union all select result, 1 from (${entries}) rest
      ) acts group by result`),
  );
  const counts = noCounts();
  for (const { result, count } of found) counts[result] += Number(count);
  return counts;
}

/** Entries by hour of the day in UTC. */
async function hoursOf(db: Store, scope: Scope, range: AuditRange): Promise<number[]> {
  const { found } = await readCounters(
    db,
    scope,
    range,
    ({ within, entries }) =>
      db.execute<{ hour: string; count: string }>(sql`
        select extract(hour from start at time zone 'UTC') as hour, sum(entries) as count from (
          select start, entries from audit_roll_ups where ${within}
          union all select at, 1 from (${entries}) rest
        ) acts group by hour`),
    "hour",
  );
  const hours = Array.from({ length: 24 }, () => 0);
  for (const { hour, count } of found) hours[Number(hour)] = Number(count);
  return hours;
}

/** The stretch of the same length before. */
export const beforeOf = ({ from, to }: AuditRange, times = 1): AuditRange => ({
  from: new Date(from.getTime() - times * (to.getTime() - from.getTime())),
  to: from,
});

type Tally = { key: string; counts: ResultCounts; lastAt: string };

/** Rows put together by a key, the most first. */
export function tallied(
  rows: readonly Pick<Row, "kind" | "name" | "result" | "count" | "lastAt">[],
  keyOf: (row: Pick<Row, "kind" | "name">) => string,
): Tally[] {
  const tallies = new Map<string, Tally>();
  for (const row of rows) {
    const key = keyOf(row);
    const tally = tallies.get(key) ?? { key, counts: noCounts(), lastAt: "" };
    tally.counts[row.result] += Number(row.count);
    const lastAt = row.lastAt === "" ? "" : new Date(row.lastAt).toISOString();
    if (lastAt > tally.lastAt) tally.lastAt = lastAt;
    tallies.set(key, tally);
  }
  return [...tallies.values()].sort((a, b) => all(b.counts) - all(a.counts) || (a.key < b.key ? -1 : 1));
}

const all = ({ done, refused, failed }: ResultCounts) => done + refused + failed;

const sum = (each: readonly ResultCounts[]): ResultCounts =>
  each.reduce(
    (a, b) => ({ done: a.done + b.done, refused: a.refused + b.refused, failed: a.failed + b.failed }),
    noCounts(),
  );

/** The thing that an action is about: what stands before its last dot. */
export const categoryOf = (action: string): string =>
  action.includes(".") ? action.slice(0, action.lastIndexOf(".")) : action;

function byCategory(actions: readonly Tally[]): AuditStatistics["categories"] {
  const groups = Map.groupBy(actions, ({ key }) => categoryOf(key));
  return [...groups]
    .map(([category, group]) => ({ category, counts: sum(group.map(({ counts }) => counts)) }))
    .sort((a, b) => all(b.counts) - all(a.counts) || (a.category < b.category ? -1 : 1));
}
