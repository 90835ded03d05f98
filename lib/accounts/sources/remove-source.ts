import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { accountSecrets, accountSourceMembers, accountSources, accounts } from "#db/accounts/schema.ts";
import { DomainError } from "#lib/errors.ts";
import { defineMutation } from "#lib/mutation.ts";
import { openSecrets, storeSecrets } from "#lib/secrets/store.ts";
import { notifyAccounts } from "../notify.ts";
import { lockSource } from "./stored-source.ts";

export const RemoveSourceInput = z.object({
  sourceId: z.string().min(1).max(64),
  /** The source's name, typed by whoever means it. */
  confirmation: z.string().max(200),
});

/**
 * Forgets a source and its list of members. Accounts that follow it stay connected and are reached as before: each gets
 * the connection and a sealed copy of the secrets for its own.
 */
export const removeSource = defineMutation({
  permission: "accounts:manage",
  act: { action: "account_source.remove", kind: "account_source", id: "sourceId" },
  input: RemoveSourceInput,
  async run({ tx, scope, input }) {
    const source = await lockSource(tx, scope, input.sourceId);
    if (input.confirmation.trim() !== source.name) {
      const confirmation = `Type the source's name, ${source.name}, to remove it.`;
      throw new DomainError("invalid_input", `Nothing was changed. ${confirmation}`, {
        fields: { confirmation },
      });
    }
    const place = { organisationId: scope.organisationId, identity: "read" as const };
    const followers = await tx
      .update(accounts)
      .set({ sourceId: null, revision: sql`${accounts.revision} + 1` })
      .where(eq(accounts.sourceId, source.id))
      .returning({ id: accounts.id });
    if (followers.length > 0) {
      const secrets = await openSecrets(tx, { ...place, owner: { kind: "source", id: source.id } });
      for (const { id } of followers)
        await storeSecrets(tx, { ...place, owner: { kind: "account", id } }, secrets);
    }
    await tx.delete(accountSecrets).where(eq(accountSecrets.sourceId, source.id));
    await tx.delete(accountSourceMembers).where(eq(accountSourceMembers.sourceId, source.id));
    await tx.delete(accountSources).where(eq(accountSources.id, source.id));
    await notifyAccounts(tx, scope.organisationId);
    return {
      result: { sourceId: source.id, keptAccounts: followers.length },
      audit: {
        action: "account_source.remove",
        object: { kind: "account_source", id: source.id },
        before: { name: source.name, cloud: source.cloud },
        after: { keptAccounts: followers.length },
      },
    };
  },
});
