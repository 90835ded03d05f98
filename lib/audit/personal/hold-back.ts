import { sql } from "drizzle-orm";
import { auditHolds } from "#db/audit/schema.ts";
import type { Transaction } from "#db/client.ts";
import { holdsInForce } from "../keeping/holds-in-force.ts";

/** The legal holds in force. Until the transaction ends none is placed, so what is judged by them stays so. */
export async function readHoldsAndKeepThem(
  tx: Transaction,
  organisationId: string,
): Promise<{ name: string }[]> {
  await tx.execute(sql`lock table audit_holds in share mode`);
  return tx.select({ name: auditHolds.name }).from(auditHolds).where(holdsInForce(organisationId)).limit(1);
}
