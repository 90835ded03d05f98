import { asc, eq } from "drizzle-orm";
import { auditEntries } from "#db/audit/schema.ts";
import type { Store } from "#db/client.ts";
import { tellPersonal } from "./personal/commitment.ts";
import { revealPersonal } from "./personal/reveal.ts";

/** The entries of an organisation in the order they were inserted, with personal data told in its place. */
export async function readTestTrail(db: Store, organisationId: string) {
  const rows = await db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.organisationId, organisationId))
    .orderBy(asc(auditEntries.id));
  const revealed = await revealPersonal(db, organisationId, rows);
  return rows.map((row) => ({
    ...row,
    origin: tellPersonal(row.origin, revealed),
    before: tellPersonal(row.before, revealed),
    after: tellPersonal(row.after, revealed),
  }));
}
