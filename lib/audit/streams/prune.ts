import { sql } from "drizzle-orm";
import { auditDeliveries } from "#db/audit/schema.ts";
import type { Database } from "#db/client.ts";
import { keptDays } from "./model.ts";

const rowsAtOnce = 5_000;

/** Forgets deliveries that ended long enough ago. Returns how many. */
export async function pruneDeliveries(db: Database, now: Date, signal?: AbortSignal): Promise<number> {
  const before = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();
  let pruned = 0;
  for (;;) {
    signal?.throwIfAborted();
    const gone = await db.execute(sql`
      delete from ${auditDeliveries} where id = any(array(
        select id from ${auditDeliveries}
        where (state = 'delivered' and ended_at < ${before(keptDays.delivered)}::timestamptz)
          or (state = 'dead' and ended_at < ${before(keptDays.dead)}::timestamptz)
        limit ${rowsAtOnce}))
    `);
    pruned += gone.count;
    if (gone.count < rowsAtOnce) return pruned;
  }
}
