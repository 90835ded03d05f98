import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { organisations } from "#db/identity/schema.ts";
import { Scope } from "../../auth/scope.ts";
import { type AuditRecord, appendAudit } from "../append.ts";

/**
 * Has the trail itself say what the sealer found, once: in every organisation's, since what is sealed is everybody's. What
 * was said of the same object before is not said again.
 */
export async function tellTrail(db: Database, record: AuditRecord): Promise<void> {
  const { action, object } = record;
  const everyone = await db.select({ id: organisations.id }).from(organisations);
  for (const { id } of everyone) {
    await db.transaction(async (tx) => {
      const said = await tx.execute(sql`
        select 1 from audit_entries where organisation_id = ${id} and object_kind = ${object.kind}
          and object_id = ${object.id} and action = ${action} limit 1`);
      if (said.length === 0) await appendAudit(tx, Scope.ofSystem(id, "audit-sealer"), record);
    });
  }
}
