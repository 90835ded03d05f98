import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { macOf } from "../entry.ts";
import type { AuditKeyring } from "../keys.ts";
import { storedLevel } from "../proof/tree-reader.ts";
import { batchHash, originOf } from "./header.ts";
import type { PendingEntries } from "./pending.ts";
import type { TrailState } from "./state.ts";

/** Entries in the trail that Parapet did not write: their HMAC is not theirs, or lacking. */
export type ForeignEntries = { batch: number; positions: number[] };

/** What a batch came to, and the trail with it. */
export type SealedStep = { state: TrailState; size: number; foreign: ForeignEntries | null };

/** By which cluster's numbers which transactions are sealed: columns of audit_batches. */
type Bounds = { cluster: string; floor: number; xidFrom: string; xidTo: string };

/** Writes the next batch, with the hashes of the subtrees that it completes. */
export async function writeBatch(
  tx: Transaction,
  state: TrailState,
  { ids, leaves, from, to, foreign }: PendingEntries,
  { cluster, floor, xidFrom, xidTo }: Bounds,
  keyring: AuditKeyring,
): Promise<SealedStep> {
  const { first: key } = keyring;
  const { size: first } = state.frontier;
  const batch = {
    ...{ n: state.n + 1, first, size: ids.length, entries: ids, leaves, from, to },
    ...{
      xidFrom,
      xidTo,
      cluster,
      floor,
      sealedAt: new Date().toISOString(),
      previous: state.hash,
      keyId: key.id,
    },
  };
  const hash = batchHash(batch);
  await tx.execute(sql`
    insert into audit_batches (n, first, size, entries, leaves, "from", "to", xid_from, xid_to, cluster, floor, sealed_at,
      previous, hash, mac, key_id)
    values (${batch.n}, ${first}, ${batch.size}, ${`{${ids.join(",")}}`}::bigint[], ${leaves}, ${from}::timestamptz,
      ${to}::timestamptz, ${xidFrom}::xid8, ${xidTo}::xid8, ${cluster}, ${floor}, ${batch.sealedAt}::timestamptz,
      ${state.hash}, ${hash}, ${macOf(hash, key.mac)}, ${key.id})`);
  // The old state stays as it was, in case this transaction is not committed.
  const frontier = state.frontier.clone();
  const nodes: { level: number; index: number; hash: Buffer }[] = [];
  frontier.append(leaves, (level, index, node) => {
    if (level >= storedLevel) nodes.push({ level, index, hash: Buffer.from(node) });
  });
  if (nodes.length > 0) {
    await tx.execute(sql`
      insert into audit_nodes (level, index, hash)
      select level, index, substring(${Buffer.concat(nodes.map((node) => node.hash))}::bytea from (32 * place - 31)::int for 32)
      from unnest(${`{${nodes.map((node) => node.level).join(",")}}`}::smallint[],
        ${`{${nodes.map((node) => node.index).join(",")}}`}::bigint[]) with ordinality as each(level, index, place)`);
  }
  const origin = state.origin ?? originOf(hash);
  const numbering = { cluster, xidTo, floor };
  return {
    state: { ...state, n: batch.n, hash, origin, numbering, frontier },
    size: batch.size,
    foreign: foreign.length > 0 ? { batch: batch.n, positions: foreign.map((place) => first + place) } : null,
  };
}
