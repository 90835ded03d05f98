import { and, eq, isNull } from "drizzle-orm";
import { accounts } from "#db/accounts/schema.ts";
import type { Transaction } from "#db/client.ts";
import type { Scope } from "../../auth/scope.ts";
import { DomainError } from "../../errors.ts";

/** Throws `not_found` for an account that isn't there, is being deleted, or can't be seen. */
export async function requireAccount(tx: Transaction, scope: Scope, accountId: string): Promise<void> {
  const [account] = await tx
    .select({ id: accounts.id })
    .from(accounts)
    .where(
      and(
        eq(accounts.id, accountId),
        eq(accounts.organisationId, scope.organisationId),
        isNull(accounts.deletion),
      ),
    );
  if (!account || (scope.accountIds !== null && !scope.accountIds.includes(accountId))) {
    throw new DomainError("not_found", "There is no such account.");
  }
}
