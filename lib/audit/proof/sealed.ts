import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Store } from "#db/client.ts";
import { canonicalEntry, type EntryFields, leafOf } from "../entry.ts";
import { hashBytes } from "../merkle/tree.ts";

/** Which sealed entries are meant. */
export type SealedSelection =
  /** All from one position up to another. */
  | { positions: { from: number; to: number } }
  /** These rows of audit_entries; those not sealed yet are left out. */
  | { entries: readonly { id: number; at: Date }[] }
  /** Rows of audit_entries (under its own name) that meet a condition, by `at` from one moment up to another. */
  | { where: SQL; from?: Date | null; to?: Date | null };

/** An entry and where it was sealed. */
export type SealedEntry = EntryFields & {
  position: number;
  /** `audit_entries.id`. */
  id: number;
  /** What was sealed: 32 bytes. */
  leaf: Buffer;
  /** The canonical entry, as the row says it now. */
  canonical: string;
  /** False where the row says something else than what was sealed. */
  genuine: boolean;
  /** What its commitments stand for, encrypted. */
  personal: Record<string, string> | null;
};

/** Batches have at most this many entries read at once. */
const chunk = 2_000;

/** Within these positions, beginning with the one that `startAt` says. */
export type SealedBounds = { startAt?: number; below?: number };

/** The entries meant, in order of position, some thousand at a time. Those that the database let go of are left out. */
export async function* readSealed(
  db: Store,
  selection: SealedSelection,
  { startAt = 0, below = Number.MAX_SAFE_INTEGER }: SealedBounds = {},
): AsyncGenerator<SealedEntry[]> {
  const range = "positions" in selection ? selection.positions : { from: 0, to: below };
  const [from, to] = [Math.max(range.from, startAt), Math.min(range.to, below)];
  const dates = datesOf(selection);
  const wanted = "entries" in selection ? new Set(selection.entries.map(({ id }) => id)) : null;
  let after = -1;
  for (;;) {
    const batch = await nextBatch(db, { after, from, to, ...dates });
    if (!batch) return;
    after = batch.n;
    const places = batch.entries
      .map((id, index) => ({ id: Number(id), position: batch.first + index, index }))
      .filter(({ id, position }) => position >= from && position < to && (wanted?.has(id) ?? true));
    for (let at = 0; at < places.length; at += chunk) {
      const entries = await readPlaces(db, batch, places.slice(at, at + chunk), selection);
      if (entries.length > 0) yield entries;
    }
  }
}

/** The rows' earliest and latest moment, which tells the batches that need no look. */
function datesOf(selection: SealedSelection): { earliest: Date | null; latest: Date | null } {
  if ("where" in selection) return { earliest: selection.from ?? null, latest: selection.to ?? null };
  if (!("entries" in selection) || selection.entries.length === 0) return { earliest: null, latest: null };
  const times = selection.entries.map(({ at }) => at.getTime());
  const [lowest, highest] = times.reduce(
    ([low, high], time) => [Math.min(low, time), Math.max(high, time)] as [number, number],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] as [number, number],
  );
  return { earliest: new Date(lowest), latest: new Date(highest) };
}

const batchRow = z.object({
  n: z.coerce.number(),
  first: z.coerce.number(),
  entries: z.array(z.string()),
  leaves: z.instanceof(Uint8Array),
  from: z.string(),
  to: z.string(),
});
type BatchRow = z.output<typeof batchRow>;

async function nextBatch(
  db: Store,
  of: { after: number; from: number; to: number; earliest: Date | null; latest: Date | null },
): Promise<BatchRow | null> {
  if (of.to <= of.from) return null;
  const conditions = [
    sql`n > ${of.after}`,
    sql`first < ${of.to} and first + size > ${of.from}`,
    ...(of.earliest ? [sql`"to" >= ${of.earliest.toISOString()}::timestamptz`] : []),
    ...(of.latest ? [sql`"from" <= ${of.latest.toISOString()}::timestamptz`] : []),
  ];
  const [row] = await db.execute(
    sql`select n, first, entries, leaves, "from"::text, "to"::text from audit_batches
        where ${sql.join(conditions, sql` and `)} order by n limit 1`,
  );
  return row ? batchRow.parse(row) : null;
}

type Place = { id: number; position: number; index: number };

async function readPlaces(
  db: Store,
  batch: BatchRow,
  places: readonly Place[],
  selection: SealedSelection,
): Promise<SealedEntry[]> {
  const ids = `{${places.map(({ id }) => id).join(",")}}`;
  const condition = "where" in selection ? selection.where : sql`true`;
  const bounds =
    "where" in selection
      ? [
          ...(selection.from ? [sql`at >= ${selection.from.toISOString()}::timestamptz`] : []),
          ...(selection.to ? [sql`at < ${selection.to.toISOString()}::timestamptz`] : []),
        ]
      : [];
  const rows = await db.execute(sql`
    select id, entry_id, at, organisation_id, actor_kind, actor_id, actor_token_id, action, object_kind, object_id,
      result, duration_ms, correlation_id, origin, before, after, personal
    from audit_entries
    where id = any(${ids}::bigint[]) and at between ${batch.from}::timestamptz and ${batch.to}::timestamptz
      and ${sql.join([condition, ...bounds], sql` and `)}`);
  const byId = new Map(rows.map((row) => [Number(row.id), row]));
  const entries: SealedEntry[] = [];
  for (const { id, position, index } of places) {
    const row = byId.get(id);
    if (!row) continue;
    const fields = fieldsOf(row);
    const canonical = canonicalEntry(fields);
    const leaf = Buffer.from(batch.leaves.subarray(index * hashBytes, (index + 1) * hashBytes));
    const genuine = leafOf(canonical).equals(leaf);
    entries.push({ ...fields, position, id, leaf, canonical, genuine, personal: personalOf(row.personal) });
  }
  return entries;
}

const text = z.string();
const maybe = z.string().nullable();
/** What no entry can say is read as something else, which is then not what was sealed. */
const entryRow = z.object({
  entry_id: text,
  at: z.union([text, z.date()]),
  organisation_id: text,
  actor_kind: z.enum(["user", "system"]).catch("system"),
  actor_id: text,
  actor_token_id: maybe,
  action: text,
  object_kind: text,
  object_id: text,
  result: z.enum(["done", "refused", "failed"]).catch("done"),
  duration_ms: z.number().nullable().catch(-1),
  correlation_id: text,
  origin: maybe,
  before: maybe,
  after: maybe,
});

/** What a row of audit_entries says. */
export function fieldsOf(row: Record<string, unknown>): EntryFields {
  const read = entryRow.parse(row);
  return {
    entryId: read.entry_id,
    at: new Date(read.at).toISOString(),
    organisationId: read.organisation_id,
    actorKind: read.actor_kind,
    actorId: read.actor_id,
    actorTokenId: read.actor_token_id,
    action: read.action,
    objectKind: read.object_kind,
    objectId: read.object_id,
    result: read.result,
    durationMs: read.duration_ms,
    correlationId: read.correlation_id,
    origin: read.origin,
    before: read.before,
    after: read.after,
  };
}

const personalRow = z.record(z.string(), z.string()).nullable();
function personalOf(value: unknown): Record<string, string> | null {
  return personalRow.parse(typeof value === "string" ? JSON.parse(value) : (value ?? null));
}
