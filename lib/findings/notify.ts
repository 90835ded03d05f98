import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";

/** The channel on which browsers hear that findings, their comments or their acceptances have changed. */
export const findingsChannel = "parapet_findings";

/**
 * Tells of a change when the transaction commits; the payload is `{ organisationId, id }`, of the finding when it is one,
 * else of the change or exception.
 */
export async function notifyFindings(tx: Transaction, organisationId: string, id: string): Promise<void> {
  await tx.execute(sql`select pg_notify(${findingsChannel}, ${JSON.stringify({ organisationId, id })})`);
}
