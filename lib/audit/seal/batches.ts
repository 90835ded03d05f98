import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Store } from "#db/client.ts";
import type { BatchFields } from "./header.ts";

/** A row of audit_batches. */
export type SealedBatch = BatchFields & { leaves: Buffer; previous: Buffer; hash: Buffer; mac: Buffer };

const moment = z.coerce.number().transform((milliseconds) => new Date(milliseconds).toISOString());
const batchRow = z.object({
  n: z.coerce.number(),
  first: z.coerce.number(),
  size: z.number(),
  ids: z.instanceof(Buffer),
  leaves: z.instanceof(Buffer),
  from: moment,
  to: moment,
  xid_from: z.string(),
  xid_to: z.string(),
  cluster: z.string(),
  floor: z.coerce.number(),
  sealed_at: moment,
  previous: z.instanceof(Buffer),
  hash: z.instanceof(Buffer),
  mac: z.instanceof(Buffer),
  key_id: z.string(),
});

/** The batch that holds position `position`, or null where it isn't sealed. */
export async function batchAt(db: Store, position: number): Promise<SealedBatch | null> {
  const [row] = await db.execute(sql`
    select n, first, size, leaves, xid_from::text, xid_to::text, cluster, floor, previous, hash, mac, key_id,
      (select coalesce(string_agg(int8send(id), ''::bytea order by place), ''::bytea)
        from unnest(entries) with ordinality as each(id, place)) as ids,
      extract(epoch from "from") * 1000 as "from", extract(epoch from "to") * 1000 as "to",
      extract(epoch from sealed_at) * 1000 as sealed_at
    from audit_batches where first <= ${position} and first + size > ${position} order by first desc limit 1`);
  if (!row) return null;
  const {
    ids,
    xid_from: xidFrom,
    xid_to: xidTo,
    sealed_at: sealedAt,
    key_id: keyId,
    ...batch
  } = batchRow.parse(row);
  return { ...batch, entries: unpackIds(ids), xidFrom, xidTo, sealedAt, keyId };
}

/** Reads what `packIds` of ./header.ts writes. */
export function unpackIds(packed: Buffer): number[] {
  const ids: number[] = [];
  for (let offset = 0; offset < packed.length; offset += 8) {
    ids.push(packed.readInt32BE(offset) * 2 ** 32 + packed.readUInt32BE(offset + 4));
  }
  return ids;
}
