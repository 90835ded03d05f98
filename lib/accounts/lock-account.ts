import { and, eq, type SQL, sql } from "drizzle-orm";
import { accounts } from "#db/accounts/schema.ts";
import type { Transaction } from "#db/client.ts";
import type { Scope } from "../auth/scope.ts";
import { DomainError } from "../errors.ts";

export type AccountRow = typeof accounts.$inferSelect;

/**
 * Holds an account's row until the transaction ends. Throws `not_found`, also for another organisation's and for one that
 * the scope may not see, and `conflict` for one that is being deleted.
 */
export async function lockAccount(tx: Transaction, scope: Scope, accountId: string): Promise<AccountRow> {
  const [account] = await tx
    .select()
    .from(accounts)
    .where(ownAccount(scope, accountId))
    // Not the stronger lock: scans that write rows of this account must not wait for it.
    .for("no key update");
  if (!account || (scope.accountIds && !scope.accountIds.includes(accountId))) {
    throw new DomainError("not_found", "There is no such account.");
  }
  if (account.deletion) {
    throw new DomainError("conflict", `Nothing was changed: ${account.name} is being deleted.`);
  }
  return account;
}

/** Throws `conflict` when the account has changed since the caller saw it. */
export function checkRevision(account: AccountRow, seen: number): void {
  if (account.revision === seen) return;
  throw new DomainError(
    "conflict",
    `Nothing was changed: somebody else changed ${account.name} meanwhile. Look at it again, and repeat what you meant.`,
  );
}

/**
 * Changes an account that is held, and counts the change. Throws `conflict` when the row is not in the state that the
 * change is for.
 *
 * @param while_ The state that the row must be in, beside its revision.
 */
export async function changeAccount(
  tx: Transaction,
  scope: Scope,
  account: AccountRow,
  set: Partial<typeof accounts.$inferInsert>,
  conflict: string,
  while_?: SQL,
): Promise<AccountRow> {
  const [changed] = await tx
    .update(accounts)
    .set({ ...set, revision: sql`${accounts.revision} + 1` })
    .where(and(ownAccount(scope, account.id), eq(accounts.revision, account.revision), while_))
    .returning();
  if (!changed) throw new DomainError("conflict", conflict);
  return changed;
}

const ownAccount = (scope: Scope, accountId: string): SQL | undefined =>
  and(eq(accounts.id, accountId), eq(accounts.organisationId, scope.organisationId));
