import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { accounts } from "#db/accounts/schema.ts";
import { AwsConnection } from "../clouds/aws/credentials.ts";
import { DomainError } from "../errors.ts";
import { defineMutation } from "../mutation.ts";
import { notifyAccounts } from "./notify.ts";

export const ReconnectAccountInput = z.object({
  accountId: z.string().max(64),
  connection: AwsConnection,
});

/** Changes how a connected account is reached; what was found in it stays. */
export const reconnectAccount = defineMutation({
  permission: "accounts:manage",
  input: ReconnectAccountInput,
  async run({ tx, scope, input: { accountId, connection } }) {
    const own = and(eq(accounts.id, accountId), eq(accounts.organisationId, scope.organisationId));
    const [known] = await tx
      .select({ connection: accounts.connection })
      .from(accounts)
      .where(own)
      .for("update");
    if (!known) throw new DomainError("not_found", "There is no such account.");
    const [changed] = await tx
      .update(accounts)
      .set({ connection })
      .where(and(own, sql`${accounts.connection} <> ${JSON.stringify(connection)}::jsonb`))
      .returning({ id: accounts.id });
    if (!changed)
      throw new DomainError("conflict", "Nothing was changed: the account is reached this way already.");
    await notifyAccounts(tx, scope.organisationId);
    return {
      result: { accountId },
      audit: {
        action: "account.reconnect",
        object: { kind: "account", id: accountId },
        before: { connection: known.connection },
        after: { connection },
      },
    };
  },
});
