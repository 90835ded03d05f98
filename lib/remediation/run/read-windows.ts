import { sql } from "drizzle-orm";
import type { Store } from "#db/client.ts";
import { texts } from "#db/remediation/visible.ts";
import { isOpen, type Window } from "../windows.ts";

/** The windows that each account follows: its own, else those of all accounts; with none at all, it may always be changed. */
export async function readWindows(
  db: Store,
  organisationId: string,
  accountIds: readonly string[],
): Promise<Map<string, Window[]>> {
  const rows = await db.execute<Window & { accountId: string | null }>(sql`
    select account_id as "accountId", days, start, "end", time_zone as "timeZone" from change_windows
    where organisation_id = ${organisationId} and (account_id is null or account_id = any(${texts(accountIds)}))
  `);
  const common = rows.filter(({ accountId }) => accountId === null);
  return new Map(
    accountIds.map((id) => {
      const own = rows.filter(({ accountId }) => accountId === id);
      return [id, own.length > 0 ? own : common];
    }),
  );
}

/** Those of the accounts that may be changed at `at`. */
export async function openAccounts(
  db: Store,
  organisationId: string,
  accountIds: readonly string[],
  at: Date,
): Promise<string[]> {
  const windows = await readWindows(db, organisationId, accountIds);
  return accountIds.filter((id) => isOpen(windows.get(id) ?? [], at));
}
