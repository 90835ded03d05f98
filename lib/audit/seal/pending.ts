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
  limit: number;
  /** Whether those without an HMAC are of before the trail had keys. */
  unsigned: "allowed" | "foreign";
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

/** Reads entries to seal, none twice; null where there are none. In one row, which takes a tenth of the time of many. */
export async function readPending(
  tx: Transaction,
  rows: PendingRows,
  keyring: AuditKeyring,
): Promise<PendingEntries | null> {
  const order = rows.by === "transaction" ? sql`xid, id` : sql`id`;
  const first =
    rows.by === "transaction"
      ? sql`order by xid fetch first ${rows.limit} rows with ties`
      : sql`order by id limit ${rows.limit}`;
  const [row] = await tx.execute(sql`
    with pending as materialized (select id, xid, leaf, mac, key_id, at from audit_entries where ${rows.where} ${first})
    select count(*) as count,
      count(*) filter (where octet_length(leaf) = ${hashBytes} and octet_length(mac) = ${hashBytes} and key_id is not null) as whole,
      string_agg(int8send(id), ''::bytea order by ${order}) as ids,
      string_agg(leaf, ''::bytea order by ${order}) as leaves,
      string_agg(mac, ''::bytea order by ${order}) as macs,
      min(key_id) as key_lowest, max(key_id) as key_highest,
      min(xid)::text as xid_lowest, max(xid)::text as xid_highest,
      extract(epoch from date_trunc('milliseconds', min(at))) * 1000 as "from",
      extract(epoch from date_trunc('milliseconds', max(at) + interval '999 microseconds')) * 1000 as "to"
    from pending having count(*) > 0`);
  if (!row) return null;
  const read = summary.parse(row);
  const ids = unpackIds(read.ids);
  const key = keyring.byId.get(read.key_lowest ?? "");
  const alike = read.whole === read.count && read.key_lowest === read.key_highest && key !== undefined;
  const judged =
    alike && read.leaves && read.macs
      ? { leaves: read.leaves, foreign: findForeign(read.leaves, read.macs, new MacCheck(key.mac)) }
      : await readOneByOne(tx, ids, keyring, rows.unsigned);
  return {
    ...{ ids, ...judged, from: isoOf(read.from), to: isoOf(read.to) },
    xids: { lowest: read.xid_lowest, highest: read.xid_highest },
  };
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
  unsigned: PendingRows["unsigned"],
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
      if (!leaf && !mac && unsigned === "allowed") continue;
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

const [earliest, latest] = [Date.UTC(2000, 0, 1), Date.UTC(9999, 11, 31)];
/** What no clock of Parapet's says, such as infinity, must not keep the rest from being sealed. */
const isoOf = (milliseconds: number) =>
  new Date(Math.min(Math.max(milliseconds, earliest), latest)).toISOString();
