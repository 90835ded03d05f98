import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { accounts } from "#db/accounts/schema.ts";
import type { Database } from "#db/client.ts";
import { sandboxTrials } from "#db/trial/schema.ts";
import { deleteAccount } from "../accounts/delete-account.ts";
import { notifyAccounts } from "../accounts/notify.ts";
import type { Scope } from "../auth/scope.ts";
import { env } from "../env.ts";
import { DomainError } from "../errors.ts";
import { defineMutation } from "../mutation.ts";

/** Stops the sandbox cloud; its accounts are deleted first, each on its own. */
const stopTrial = defineMutation({
  permission: "accounts:manage",
  act: { action: "sandbox.remove", kind: "organisation", id: ({ organisationId }) => organisationId },
  input: z.object({}),
  async run({ tx, scope }) {
    const { organisationId } = scope;
    const [ended] = await tx
      .delete(sandboxTrials)
      .where(eq(sandboxTrials.organisationId, organisationId))
      .returning({ requestedAt: sandboxTrials.requestedAt });
    if (!ended) throw new DomainError("conflict", "There is no sandbox cloud here to remove.");
    await notifyAccounts(tx, organisationId);
    return {
      result: {},
      audit: {
        action: "sandbox.remove",
        object: { kind: "organisation", id: organisationId },
        before: { requestedAt: ended.requestedAt.toISOString() },
      },
    };
  },
});

/**
 * Removes the sandbox cloud with its accounts and all that was found in them; the organisation's own accounts are left
 * alone. Safe to repeat. Returns how many accounts go.
 */
export async function removeTrial(db: Database, scope: Scope): Promise<{ accounts: number }> {
  scope.require("accounts:manage");
  scope.requireEveryAccount();
  if (env().sandbox) throw new DomainError("conflict", "This installation is the sandbox itself.");
  const theirs = await db
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(
      and(
        eq(accounts.organisationId, scope.organisationId),
        eq(accounts.sandbox, true),
        isNull(accounts.deletion),
      ),
    );
  // First, so that no worker connects them anew meanwhile.
  await stopTrial(db, scope, {});
  for (const { id, name } of theirs) await deleteAccount(db, scope, { accountId: id, confirmation: name });
  return { accounts: theirs.length };
}
