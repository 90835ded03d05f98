import { and, eq, sql } from "drizzle-orm";
import { auditBatches, auditDeliveries, auditEntries, auditStreams } from "#db/audit/schema.ts";
import type { Database, Transaction } from "#db/client.ts";
import { enqueue } from "../../jobs/queue.ts";
import { whereMatches } from "../match.ts";
import { mostWaiting, positionsAtOnce, readFilter } from "./model.ts";

/** How many entries are sealed: the position after the last one. */
const sealedSize = sql<number>`coalesce((
  select ${auditBatches.first} + ${auditBatches.size} from ${auditBatches} order by ${auditBatches.n} desc limit 1), 0)`;

/**
 * Queues for every stream what was sealed since it was looked at last. A stream whose receiver is slow waits at its cursor,
 * and costs the others nothing. Safe to be run by several at once.
 */
export async function performFanOut(db: Database, signal?: AbortSignal): Promise<void> {
  const behind = await db
    .select({ id: auditStreams.id })
    .from(auditStreams)
    .where(and(eq(auditStreams.enabled, true), sql`${auditStreams.position} < ${sealedSize}`))
    .orderBy(auditStreams.id);
  const failed: unknown[] = [];
  for (const { id } of behind) {
    try {
      for (let more = true; more; ) {
        signal?.throwIfAborted();
        more = await db.transaction((tx) => fanOutOnce(tx, id));
      }
    } catch (error) {
      signal?.throwIfAborted();
      // One that can't be looked at keeps nothing from the others.
      failed.push(error);
    }
  }
  if (failed.length > 0) throw new AggregateError(failed, "One or more webhooks could not be looked at.");
}

/** Moves one stream's cursor on. False when there is nothing more to do for it now. */
async function fanOutOnce(tx: Transaction, streamId: string): Promise<boolean> {
  const [stream] = await tx
    .select({
      organisationId: auditStreams.organisationId,
      filter: auditStreams.filter,
      position: auditStreams.position,
      sealed: sealedSize.mapWith(Number),
    })
    .from(auditStreams)
    .where(and(eq(auditStreams.id, streamId), eq(auditStreams.enabled, true)))
    .for("update", { skipLocked: true });
  if (!stream || stream.position >= stream.sealed) return false;
  const waiting = await tx.$count(
    auditDeliveries,
    and(eq(auditDeliveries.streamId, streamId), eq(auditDeliveries.state, "queued")),
  );
  const room = mostWaiting - waiting;
  if (room <= 0) return false;
  const end = Math.min(stream.sealed, stream.position + positionsAtOnce);
  const { found, last, ids } = await queueDeliveries(tx, { ...stream, id: streamId, end, room });
  await enqueue(
    tx,
    "audit-deliver",
    ids.map((id) => ({ data: { deliveryId: id }, group: streamId, key: id })),
  );
  const position = found < room || last === null ? end : last + 1;
  await tx.update(auditStreams).set({ position }).where(eq(auditStreams.id, streamId));
  return position < stream.sealed;
}

type Stretch = {
  id: string;
  organisationId: string;
  filter: unknown;
  position: number;
  /** Positions below this are looked at. */
  end: number;
  room: number;
};

/**
 * Makes deliveries of a stretch of positions. One that was delivered or given up before is queued anew: the cursor was set
 * back for that. What concerns a stream's own failing is left out, or it would feed itself.
 */
async function queueDeliveries(tx: Transaction, stretch: Stretch) {
  const { id, organisationId, position, end, room } = stretch;
  const matches = whereMatches(readFilter(stretch.filter)) ?? sql`true`;
  const [row] = await tx.execute<{ found: number; last: string | null; ids: string[] }>(sql`
    with found as (
      select b.first + t.place - 1 as position, audit_entries.entry_id, audit_entries.at
      from audit_batches b
      cross join lateral unnest(b.entries) with ordinality as t(id, place)
      join audit_entries on audit_entries.id = t.id and audit_entries.at between b."from" and b."to"
      where b.first < ${end}::bigint
        and b.first >= (select max(c.first) from audit_batches c where c.first <= ${position}::bigint)
        and b.first + t.place - 1 >= ${position}::bigint and b.first + t.place - 1 < ${end}::bigint
        and ${eq(auditEntries.organisationId, organisationId)} and ${matches}
        and not (audit_entries.actor_kind = 'system' and audit_entries.object_kind = 'audit_stream')
      order by 1 limit ${room}
    ), queued as (
      insert into audit_deliveries (id, stream_id, entry_id, entry_at, position)
      select new_id('dlv'), ${id}, entry_id, at, position from found
      on conflict (stream_id, position) do update
        set state = 'queued', attempts = 0, status = null, error = null, ended_at = null
        where audit_deliveries.state <> 'queued'
      returning id, position
    )
    select (select count(*)::int from found) as found, (select max(position) from found) as last,
      array(select id from queued order by position) as ids
  `);
  if (!row) throw new Error("A select of scalars gave no row.");
  return { found: row.found, last: row.last === null ? null : Number(row.last), ids: row.ids };
}

/** Between two looks for what was sealed meanwhile: one cheap question as long as nothing was. */
const everyMs = 2_000;

/** Fans out again and again until the answered function is called, which waits for what is under way. */
export function keepFanningOut(db: Database, onError: (error: unknown) => void): () => Promise<void> {
  const stopping = new AbortController();
  let under: Promise<unknown> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    under = performFanOut(db, stopping.signal)
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) onError(error);
      })
      .finally(() => {
        busy = false;
      });
  }, everyMs);
  return async () => {
    clearInterval(timer);
    stopping.abort();
    await under;
  };
}
