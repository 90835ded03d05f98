import { desc } from "drizzle-orm";
import { auditBatches } from "#db/audit/schema.ts";
import type { Store } from "#db/client.ts";

/** How many entries of the installation are sealed: the position after the last one. */
export async function sealedPosition(db: Store): Promise<number> {
  const [last] = await db
    .select({ first: auditBatches.first, size: auditBatches.size })
    .from(auditBatches)
    .orderBy(desc(auditBatches.n))
    .limit(1);
  return last ? last.first + last.size : 0;
}
