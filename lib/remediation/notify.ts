import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";

/** The channel on which browsers hear that a plan has changed. */
export const remediationChannel = "parapet_remediation";

/** Tells of a change when the transaction commits; the payload is `{ organisationId, id }`, of the plan. */
export async function notifyPlan(tx: Transaction, organisationId: string, id: string): Promise<void> {
  await tx.execute(sql`select pg_notify(${remediationChannel}, ${JSON.stringify({ organisationId, id })})`);
}
