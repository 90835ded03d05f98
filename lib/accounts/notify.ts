import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";

/** The channel on which workers and browsers hear that accounts or sources have changed, so that schedules follow. */
export const accountsChannel = "parapet_accounts";

/** The channel on which browsers hear how far the deletion of an account, its test or a source's sync has come. */
export const accountProgressChannel = "parapet_account_progress";

/** Tells of a change when the transaction commits; the payload is `{ organisationId }`. */
export async function notifyAccounts(tx: Transaction, organisationId: string): Promise<void> {
  await tx.execute(sql`select pg_notify(${accountsChannel}, ${JSON.stringify({ organisationId })})`);
}

/** Tells of progress when the transaction commits; the payload is `{ organisationId, id }`, of the account or source. */
export async function notifyProgress(tx: Transaction, organisationId: string, id: string): Promise<void> {
  await tx.execute(
    sql`select pg_notify(${accountProgressChannel}, ${JSON.stringify({ organisationId, id })})`,
  );
}
