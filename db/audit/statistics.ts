import { sql } from "drizzle-orm";
import type { AuditRange } from "#lib/audit/filter.ts";
import type { Scope } from "#lib/auth/scope.ts";
import type { Store } from "../client.ts";
import type { AuditStatistics, ResultCounts } from "./model.ts";
import type { AuditResult } from "./schema.ts";
import { noCounts } from "./timeline.ts";
import { namesOf } from "./views.ts";
import { requireTrail } from "./where.ts";

type Row = {
  what: "action" | "actor" | "hour" | "before";
  kind: string | null;
  name: string | null;
  result: AuditResult;
  count: string;
  lastAt: string;
};

/** What happened in a stretch of time: by action, category, actor and hour of the day. */
export async function auditStatistics(db: Store, scope: Scope, range: AuditRange): Promise<AuditStatistics> {
  requireTrail(scope);
  const [from, to] = [range.from.toISOString(), range.to.toISOString()];
  const before = beforeOf(range).from.toISOString();
  const within = sql`organisation_id = ${scope.organisationId} and at >= ${from}::timestamptz and at < ${to}::timestamptz`;
  const rows: Row[] = await db.execute<Row>(sql`
    select 'action' as what, null as kind, action as name, result, count(*) as count, max(at)::text as "lastAt"
    from audit_entries where ${within} group by action, result
    union all
    select 'actor', actor_kind, actor_id, result, count(*), max(at)::text
    from audit_entries where ${within} group by actor_kind, actor_id, result
    union all
    select 'hour', null, extract(hour from at at time zone 'UTC')::text, 'done', count(*), ''
    from audit_entries where ${within} group by 3
    union all
    select 'before', null, null, result, count(*), ''
    from audit_entries where organisation_id = ${scope.organisationId} and at >= ${before}::timestamptz and at < ${from}::timestamptz
    group by result`);
  const of = (what: Row["what"]) => rows.filter((row) => row.what === what);
  const actions = tallied(of("action"), ({ name }) => name ?? "");
  const actors = tallied(of("actor"), ({ kind, name }) => `${kind} ${name}`);
  const names = await namesOf(
    db,
    scope,
    of("actor").flatMap(({ kind, name }) => (kind === "user" && name !== null ? [name] : [])),
  );
  const hours = Array.from({ length: 24 }, () => 0);
  for (const { name, count } of of("hour")) hours[Number(name)] = Number(count);
  return {
    from,
    to,
    total: sum(actions.map(({ counts }) => counts)),
    before: sum(tallied(of("before"), () => "").map(({ counts }) => counts)),
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
    hours,
    countedTo: null,
  };
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
