import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import type { AuditKeyring } from "../keys.ts";
import { readPending } from "./pending.ts";
import type { TrailState } from "./state.ts";
import { type SealedStep, writeBatch } from "./write-batch.ts";

/** How long writers may be kept waiting by the moment at which another cluster takes over the numbering. */
const writersWait = "500ms";

/**
 * Seals what there is by id, when the transactions of the entries not sealed yet were numbered by another cluster (the
 * database was dumped and restored), or nobody knows by which: at the first time. For the moment nobody else writes, so all
 * that comes after has higher ids.
 */
export async function takeOver(
  tx: Transaction,
  state: TrailState,
  cluster: string,
  keyring: AuditKeyring,
  batchSize: number,
): Promise<SealedStep[]> {
  const { unsealed, above } = await describeUnsealed(tx, state);
  // What takes a look at everything is done while others may still write.
  const [known] = await tx.execute(sql`
    select least(min(id), ${above}::bigint + 1)::text as lowest, ${
      state.n < 0
        ? sql`(select count(*) from audit_entries
            where id <= (select max(id) from audit_entries where mac is null and leaf is null))`
        : sql`0`
    } as unsigned
    from audit_entries where ${unsealed} having count(*) > 0`);
  if (!known) return [];
  const { lowest, unsigned } = unsealedRow.parse(known);
  await tx.execute(sql`select set_config('lock_timeout', ${writersWait}, true)`);
  await tx.execute(sql`select audit_keep_writers_out()`);
  const [row] = await tx.execute(sql`
    select last_value as floor, pg_snapshot_xmin(pg_current_snapshot())::text as xid_to from audit_entries_id_seq`);
  const { floor, xid_to: xidTo } = numberingRow.parse(row);
  const rows = {
    where: sql`id between ${lowest}::bigint and ${floor} and ${unsealed}`,
    ...{ by: "id" as const, limit: batchSize, most: Number.POSITIVE_INFINITY },
    // What was written before the trail had keys is all in the first batch, where alone it is allowed.
    unsigned,
  };
  const sealed: SealedStep[] = [];
  for await (const pending of readPending(tx, rows, keyring)) {
    const bounds = { cluster, floor, xidFrom: "0", xidTo };
    sealed.push(await writeBatch(tx, sealed.at(-1)?.state ?? state, pending, bounds, keyring));
  }
  return sealed;
}

const unsealedRow = z.object({ lowest: z.string(), unsigned: z.coerce.number() });
const numberingRow = z.object({ floor: z.coerce.number(), xid_to: z.string() });

/**
 * The entries that no batch holds, when their transactions' numbers can be those of the cluster before. What is being written
 * at this moment comes to have ids above `above`.
 */
async function describeUnsealed(tx: Transaction, { numbering }: TrailState) {
  if (!numbering) return { unsealed: sql`true`, above: "-1" };
  const [row] = await tx.execute(
    sql`select max(id) as highest from audit_batches, unnest(entries) as each(id)`,
  );
  const { highest: above } = z.object({ highest: z.string() }).parse(row);
  const unsealed = sql`(id > ${above}::bigint or (xid >= ${numbering.xidTo}::xid8 and id > ${numbering.floor}))`;
  return { unsealed, above };
}
