import type postgres from "postgres";
import { macOf } from "../entry.ts";
import { hashBytes } from "../merkle/tree.ts";
import { batchHash } from "../seal/header.ts";
import type { BatchFault } from "./part.ts";

/** A batch as it is verified. */
export type StoredBatch = {
  n: number;
  first: number;
  size: number;
  entries: number[];
  leaves: Buffer;
  previous: Buffer;
  hash: Buffer;
  keyId: string;
  /** Whether all of it is what Parapet sealed; null where that is sound. */
  fault: BatchFault["fault"] | null;
};

type Row = {
  n: string;
  first: string;
  size: number;
  entries: Buffer;
  leaves: Buffer;
  from: string;
  to: string;
  xid_from: string;
  xid_to: string;
  cluster: string;
  floor: string;
  sealed_at: string;
  previous: Buffer;
  hash: Buffer;
  mac: Buffer;
  key_id: string;
};

/** Reads batches by number and judges each by itself. Without keys their HMACs are taken as they are. */
export async function readBatches(
  sql: postgres.Sql,
  from: number,
  to: number,
  keys: ReadonlyMap<string, Parameters<typeof macOf>[1]> | null,
): Promise<StoredBatch[]> {
  // Moments in microseconds, since one more than the milliseconds that were hashed must not go unseen.
  const rows = await sql<Row[]>`
    select n, first, size, array_send(entries) as entries, leaves, xid_from::text, xid_to::text, cluster, floor, previous, hash,
      mac, key_id, (extract(epoch from "from") * 1000000)::text as "from",
      (extract(epoch from "to") * 1000000)::text as "to",
      (extract(epoch from sealed_at) * 1000000)::text as sealed_at
    from audit_batches where n between ${from} and ${to} order by n`;
  return rows.map((row) => judge(row, keys));
}

function judge(row: Row, keys: Parameters<typeof readBatches>[3]): StoredBatch {
  const [n, first] = [Number(row.n), Number(row.first)];
  const { size, leaves, previous, hash, mac, key_id: keyId } = row;
  const entries = readIds(row.entries);
  const batch = { n, first, size, entries: entries ?? [], leaves, previous, hash, keyId };
  const [begins, ends, sealedAt] = [isoOf(row.from), isoOf(row.to), isoOf(row.sealed_at)];
  const isWhole = entries?.length === size && leaves.length === size * hashBytes;
  if (!isWhole || begins === null || ends === null || sealedAt === null) return { ...batch, fault: "shape" };
  const computed = batchHash({
    ...{ n, first, size, entries, leaves, from: begins, to: ends, sealedAt, previous, keyId },
    ...{ xidFrom: row.xid_from, xidTo: row.xid_to, cluster: row.cluster, floor: Number(row.floor) },
  });
  if (!computed.equals(hash)) return { ...batch, fault: "hash" };
  if (!keys) return { ...batch, fault: null };
  const key = keys.get(keyId);
  if (!key) return { ...batch, fault: "key" };
  return { ...batch, fault: macOf(hash, key).equals(mac) ? null : "mac" };
}

/** What `array_send` of bigints writes; null where one is null or it has not one dimension. */
function readIds(bytes: Buffer): number[] | null {
  if (bytes.length < 20 || bytes.readInt32BE(0) !== 1) return null;
  const count = bytes.readInt32BE(12);
  if (bytes.length !== 20 + 12 * count) return null;
  const ids: number[] = [];
  for (let place = 20; place < bytes.length; place += 12) {
    if (bytes.readInt32BE(place) !== 8) return null;
    ids.push(bytes.readInt32BE(place + 4) * 2 ** 32 + bytes.readUInt32BE(place + 8));
  }
  return ids;
}

function isoOf(microseconds: string): string | null {
  const value = Number(microseconds);
  const isWhole = value % 1_000 === 0 && Math.abs(value) < 8e18;
  return isWhole ? new Date(value / 1_000).toISOString() : null;
}
