import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";

/** The channel on which workers hear that accounts have changed, so that schedules follow. */
export const accountsChannel = "parapet_accounts";

/** Tells the workers when the transaction commits. */
export async function notifyAccounts(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_notify(${accountsChannel}, '')`);
}
