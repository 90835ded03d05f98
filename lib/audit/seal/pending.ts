import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { canonicalEntry, leafOf } from "../entry.ts";
import type { AuditKeyring } from "../keys.ts";
import { hashBytes } from "../merkle/tree.ts";
import { fieldsOf } from "../proof/sealed.ts";
import { unpackIds } from "./batches.ts";
import { MacCheck } from "./macs.ts";

/** Entries that are to be sealed together, in order. */
export type PendingEntries = {
  ids: number[];
  leaves: Buffer;
  /** ISO 8601. */
  from: string;
  to: string;
  /** The lowest and the highest number of their transactions. */
  xids: { lowest: string; highest: string };
  /** Which of them, by their place here, Parapet did not write. */
  foreign: number[];
};

/** Which rows: a condition on audit_entries, and the column that they are taken by. */
export type PendingRows = {
  where: SQL;
  /** By transaction, never parting what one wrote; or by id. */
  by: "transaction" | "id";
  /** Entries at a time. */
  limit: number;
  /** How many times at most. */
  most: number;
  /** Of how many at the beginning some are of before the trail had keys: they come together, and may lack an HMAC. */
  unsigned?: number;
};

const summary = z.object({
  count: z.coerce.number(),
  whole: z.coerce.number(),
  ids: z.instanceof(Buffer),
  leaves: z.instanceof(Buffer).nullable(),
  macs: z.instanceof(Buffer).nullable(),
  key_lowest: z.string().nullable(),
  key_highest: z.string().nullable(),
  xid_lowest: z.string(),
  xid_highest: z.string(),
  from: z.coerce.number(),
  to: z.coerce.number(),
});

/**
 * Has PostgreSQL walk an index in order and stop at the limit. Left to its statistics, which know nothing yet of what was just
 * written, it sorts all there is for every batch.
 */
const byIndex = sql`select set_config('enable_sort', 'off', true), set_config('enable_seqscan', 'off', true),
  set_config('enable_bitmapscan', 'off', true)`;

type Summary = z.output<typeof summary>;

/**
 * Reads entries to seal, in order and none twice. While one lot is judged here, PostgreSQL gathers the next: both take the
 * same time.
 */
export async function* readPending(
  tx: Transaction,
  { where, by, limit, most, unsigned = 0 }: PendingRows,
  keyring: AuditKeyring,
): AsyncGenerator<PendingEntries> {
  await tx.execute(byIndex);
  let next = gather(tx, where, by, Math.max(limit, unsigned));
  for (let lot = 0; lot < most; lot += 1) {
    const read = await next;
    if (!read) return;
    const ids = unpackIds(read.ids);
    const more = read.count >= limit && lot + 1 < most;
    const rest =
      by === "transaction" ? sql`xid > ${read.xid_highest}::xid8` : sql`id > ${String(ids.at(-1))}::bigint`;
    next = more ? gather(tx, sql`${where} and ${rest}`, by, limit) : Promise.resolve(null);
    // If judging fails, so does the transaction, and with it what was asked for in advance: that is told once.
    next.catch(() => undefined);
    await sent();
    const judged = await judge(tx, read, ids, keyring, lot === 0 && unsigned > 0);
    yield {
      ...{ ids, ...judged, from: isoOf(read.from), to: isoOf(read.to) },
      xids: { lowest: read.xid_lowest, highest: read.xid_highest },
    };
  }
}

/** Reads many entries as one row, which takes a tenth of the time of many; null where there are none. */
async function gather(
  tx: Transaction,
  where: SQL,
  by: PendingRows["by"],
  limit: number,
): Promise<Summary | null> {
  const [order, first] =
    by === "transaction"
      ? [sql`xid, id`, sql`order by xid fetch first ${limit} rows with ties`]
      : [sql`id`, sql`order by id limit ${limit}`];
  const [row] = await tx.execute(sql`
    with pending as materialized (select id, xid, leaf, mac, key_id, at from audit_entries where ${where} ${first})
    select count(*) as count,
      count(*) filter (where octet_length(leaf) = ${hashBytes} and octet_length(mac) = ${hashBytes} and key_id is not null) as whole,
      string_agg(int8send(id), ''::bytea order by ${order}) as ids,
      string_agg(leaf, ''::bytea order by ${order}) as leaves,
      string_agg(mac, ''::bytea order by ${order}) as macs,
      min(key_id) as key_lowest, max(key_id) as key_highest,
      min(xid)::text as xid_lowest, max(xid)::text as xid_highest,
      extract(epoch from date_trunc('milliseconds', ${plausible(sql`min(at)`)})) * 1000 as "from",
      extract(epoch from date_trunc('milliseconds', ${plausible(sql`max(at) + interval '999 microseconds'`)})) * 1000 as "to"
    from pending having count(*) > 0`);
  return row ? summary.parse(row) : null;
}

/** What no clock of Parapet's says, such as infinity, must not keep the rest from being sealed. */
const plausible = (moment: SQL) =>
  sql`least(greatest(${moment}, timestamptz '2000-01-01 00:00:00Z'), timestamptz '9999-12-31 00:00:00Z')`;

/** Until what was asked of the database has left this process. */
const sent = () => new Promise<void>((resolve) => setImmediate(resolve));

async function judge(
  tx: Transaction,
  { count, whole, leaves, macs, key_lowest: lowest, key_highest: highest }: Summary,
  ids: readonly number[],
  keyring: AuditKeyring,
  mayLackMac: boolean,
): Promise<{ leaves: Buffer; foreign: number[] }> {
  const key = keyring.byId.get(lowest ?? "");
  if (key && whole === count && lowest === highest && leaves && macs) {
    return { leaves, foreign: findForeign(leaves, macs, new MacCheck(key.mac)) };
  }
  return readOneByOne(tx, ids, keyring, mayLackMac);
}

function findForeign(leaves: Buffer, macs: Buffer, check: MacCheck): number[] {
  const foreign: number[] = [];
  for (let offset = 0; offset < leaves.length; offset += hashBytes) {
    if (!check.holds(leaves, macs, offset)) foreign.push(offset / hashBytes);
  }
  return foreign;
}

const signedRow = z.object({
  id: z.coerce.number(),
  leaf: z.instanceof(Buffer).nullable(),
  mac: z.instanceof(Buffer).nullable(),
  key_id: z.string().nullable(),
});
/** Rows that are read with all they hold have no bound on their size, so few at a time. */
const few = 1_000;

/** For rows of several keys, or that lack something: what has no leaf of its own gets that of what it says. */
async function readOneByOne(
  tx: Transaction,
  ids: readonly number[],
  keyring: AuditKeyring,
  mayLackMac: boolean,
): Promise<{ leaves: Buffer; foreign: number[] }> {
  const leaves = Buffer.alloc(ids.length * hashBytes);
  const foreign: number[] = [];
  const checks = new Map([...keyring.byId].map(([id, key]) => [id, new MacCheck(key.mac)]));
  for (let start = 0; start < ids.length; start += few) {
    const some = ids.slice(start, start + few);
    const found = await tx.execute(
      sql`select id, leaf, mac, key_id from audit_entries where id = any(${listOf(some)}::bigint[])`,
    );
    const signed = new Map(found.map((row) => signedRow.parse(row)).map((row) => [row.id, row]));
    const odd = some.filter((id) => signed.get(id)?.leaf?.length !== hashBytes);
    const told = await readLeaves(tx, odd);
    for (const [index, id] of some.entries()) {
      const place = start + index;
      const { leaf, mac, key_id: keyId } = signed.get(id) ?? { leaf: null, mac: null, key_id: null };
      (told.get(id) ?? leaf ?? Buffer.alloc(hashBytes)).copy(leaves, place * hashBytes);
      if (!leaf && !mac && mayLackMac) continue;
      const check = checks.get(keyId ?? "");
      const complete = leaf?.length === hashBytes && mac?.length === hashBytes;
      if (!complete || !check?.holds(leaf, mac, 0)) foreign.push(place);
    }
  }
  return { leaves, foreign };
}

/** The leaves of what rows say. */
async function readLeaves(tx: Transaction, ids: readonly number[]): Promise<Map<number, Buffer>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.execute(sql`
    select id, entry_id, at, organisation_id, actor_kind, actor_id, actor_token_id, action, object_kind, object_id,
      result, duration_ms, correlation_id, origin, before, after
    from audit_entries where id = any(${listOf(ids)}::bigint[])`);
  return new Map(rows.map((row) => [Number(row.id), leafOf(tellEntry(row))]));
}

/** What a row says; nothing, if it says what no entry can. */
function tellEntry(row: Record<string, unknown>): string {
  try {
    return canonicalEntry(fieldsOf(row));
  } catch (error) {
    // Such as a moment at infinity, which Parapet never wrote: it must not keep the rest from being sealed.
    if (error instanceof RangeError || error instanceof z.ZodError) return "";
    throw error;
  }
}

const listOf = (ids: readonly number[]) => `{${ids.join(",")}}`;

const isoOf = (milliseconds: number) => new Date(milliseconds).toISOString();
