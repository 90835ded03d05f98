import { notFound } from "next/navigation";
import { requireOnPage } from "#app/_shell/require-on-page.ts";
import { type AccountDetail, getAccount, listAccounts } from "#db/accounts/queries.ts";
import { database } from "#db/client.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { requireScope } from "#lib/auth/session.ts";
import { DomainError } from "#lib/errors.ts";

/** The account of a page; what the scope can't see is not found. */
export async function readAccount(scope: Scope, accountId: string): Promise<AccountDetail> {
  try {
    return await getAccount(database().db, scope, accountId);
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") notFound();
    throw error;
  }
}

/** As `readAccount`, for pages that change it: not found for whoever may not, and while it is being deleted. */
export async function readAccountToChange(
  accountId: string,
): Promise<{ scope: Scope; account: AccountDetail }> {
  const scope = await requireScope();
  await requireOnPage(scope, "accounts:manage");
  const account = await readAccount(scope, accountId);
  if (account.deletion) notFound();
  return { scope, account };
}

/** The environments in use, to pick from. */
export async function readEnvironments(scope: Scope): Promise<string[]> {
  const accounts = await listAccounts(database().db, scope);
  return [...new Set(accounts.flatMap(({ environment }) => environment ?? []))].sort();
}
