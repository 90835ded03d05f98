import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { bucketOf } from "#db/audit/histogram.ts";
import type { Database, Transaction } from "#db/client.ts";

/** Entries that are counted in one transaction, about. */
const entriesAtOnce = 50_000;
const pauseMs = 2_000;

/**
 * Counts what was sealed since the counters were brought up to date last, into those of the hour and of the day. Safe to
 * be run by several at once: who finds another at it leaves it to that one. Returns how many entries were counted.
 */
export async function foldSealed(db: Database, signal?: AbortSignal): Promise<number> {
  let all = 0;
  for (;;) {
    signal?.throwIfAborted();
    const counted = await db.transaction(foldOnce);
    if (counted === null) return all;
    all += counted;
  }
}

/** Counts again and again what was sealed meanwhile. The function that it returns ends that, and waits for its end. */
export function keepCounting(db: Database, onError: (error: unknown) => void): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const counting = (async () => {
    while (!signal.aborted) {
      await foldSealed(db, signal).catch((error: unknown) => {
        if (!signal.aborted) onError(error);
      });
      await delay(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  })();
  return async () => {
    stopping.abort();
    await counting;
  };
}

const stretchRow = z.object({
  from: z.coerce.number(),
  to: z.coerce.number(),
  entries: z.coerce.number(),
  end: z.coerce.number(),
  lowest: z.coerce.number(),
  highest: z.coerce.number(),
  earliest: z.string(),
  latest: z.string(),
});

/** The next batches, as many as one transaction is to count. Null when there are none, or another is at it. */
async function foldOnce(tx: Transaction): Promise<number | null> {
  const [state] = await tx.execute<{ position: string }>(
    sql`select position from audit_roll_up_state where id = 1 for update skip locked`,
  );
  if (!state) return null;
  const [row] = await tx.execute(sql`
    with next as (
      select n, first, size, entries, "from", "to", sum(size) over (order by first) - size as before
      from (select * from audit_batches where first >= ${state.position}::bigint order by first limit 1000) batches
    ), taken as (select * from next where before < ${entriesAtOnce})
    select min(n) as "from", max(n) as "to", sum(size) as entries, max(first + size) as "end",
      min("from")::text as earliest, max("to")::text as latest,
      (select min(id) from taken, unnest(entries) id) as lowest, (select max(id) from taken, unnest(entries) id) as highest
    from taken having count(*) > 0`);
  if (!row) return null;
  const stretch = stretchRow.parse(row);
  await tx.execute(countersOf(stretch));
  await tx.execute(sql`
    update audit_roll_up_state set position = ${stretch.end}, at = greatest(at, ${stretch.latest}::timestamptz)
    where id = 1`);
  return stretch.entries;
}

/** What the database let go of before it was counted isn't there any longer, and is left out. */
const countersOf = (stretch: z.output<typeof stretchRow>) => sql`
  with ids as materialized (
    select unnest(entries) as id from audit_batches where n between ${stretch.from} and ${stretch.to}
  ), folded as materialized (
    select e.entry_id, e.at, e.organisation_id, e.actor_kind, e.actor_id, e.action, e.result, e.duration_ms,
      case when e.result = 'done' then '' else audit_reason(e.after) end as reason,
      g.grain, date_trunc(g.grain, e.at, 'UTC') as start
    from audit_entries e join ids using (id) cross join (values ('hour'), ('day')) g (grain)
    where e.id between ${stretch.lowest} and ${stretch.highest}
      and e.at between ${stretch.earliest}::timestamptz and ${stretch.latest}::timestamptz
  ), acts as (
    insert into audit_roll_ups as old
    select organisation_id, grain, start, action, result, reason, count(*), count(duration_ms),
      coalesce(sum(duration_ms), 0), min(duration_ms), max(duration_ms), max(at),
      (array_agg(entry_id order by at desc, entry_id desc))[1]
    from folded group by organisation_id, grain, start, action, result, reason
    on conflict (organisation_id, grain, start, action, result, reason) do update set
      entries = old.entries + excluded.entries, timed = old.timed + excluded.timed,
      total_ms = old.total_ms + excluded.total_ms, min_ms = least(old.min_ms, excluded.min_ms),
      max_ms = greatest(old.max_ms, excluded.max_ms), last_at = greatest(old.last_at, excluded.last_at),
      last_entry_id = case when excluded.last_at >= old.last_at then excluded.last_entry_id else old.last_entry_id end
  ), actors as (
    insert into audit_roll_up_actors as old
    select organisation_id, grain, start, actor_kind, actor_id, result, count(*), max(at)
    from folded group by organisation_id, grain, start, actor_kind, actor_id, result
    on conflict (organisation_id, grain, start, actor_kind, actor_id, result) do update set
      entries = old.entries + excluded.entries, last_at = greatest(old.last_at, excluded.last_at)
  )
  insert into audit_roll_up_durations as old
  select organisation_id, grain, start, action, ${bucketOf(sql`duration_ms`)} as bucket, count(*)
  from folded where result = 'done' and duration_ms is not null group by organisation_id, grain, start, action, bucket
  on conflict (organisation_id, grain, start, action, bucket) do update set entries = old.entries + excluded.entries`;
