import { isNull } from "drizzle-orm";
import { z } from "zod";
import { accounts } from "#db/accounts/schema.ts";
import { DomainError } from "../errors.ts";
import { enqueue } from "../jobs/queue.ts";
import { defineMutation } from "../mutation.ts";
import { AccountId } from "./account-input.ts";
import { changeAccount, lockAccount } from "./lock-account.ts";
import { notifyAccounts } from "./notify.ts";
import { stopUnits } from "./stop-units.ts";

export const DeleteAccountInput = z.object({
  accountId: AccountId,
  /** The account's name, typed by whoever means it. */
  confirmation: z.string().max(200),
});

/**
 * Begins to delete an account with everything that was found in it; a worker does it, and `deletion` of the account's
 * query says how far. What running scans have not read of it is cancelled first. Only the audit trail stays.
 */
export const deleteAccount = defineMutation({
  permission: "accounts:manage",
  act: { action: "account.delete", kind: "account", id: "accountId" },
  input: DeleteAccountInput,
  async run({ tx, scope, input }) {
    const account = await lockAccount(tx, scope, input.accountId);
    if (input.confirmation.trim() !== account.name) {
      const confirmation = `Type the account's name, ${account.name}, to delete it.`;
      throw new DomainError("invalid_input", `Nothing was changed. ${confirmation}`, {
        fields: { confirmation },
      });
    }
    const now = new Date();
    await changeAccount(
      tx,
      scope,
      account,
      {
        disabledAt: account.disabledAt ?? now,
        deletion: { requestedAt: now.toISOString(), total: 0, deleted: 0 },
      },
      `Nothing was changed: ${account.name} is being deleted already.`,
      isNull(accounts.deletion),
    );
    const stoppedUnits = await stopUnits(tx, account, "The account is being deleted.");
    await enqueue(tx, "account-delete", [{ data: { accountId: account.id } }]);
    await notifyAccounts(tx, scope.organisationId);
    const { cloud, level, externalId, name, environment } = account;
    return {
      result: { accountId: account.id, stoppedUnits },
      audit: {
        action: "account.delete",
        object: { kind: "account", id: account.id },
        before: { cloud, level, externalId, name, environment },
        after: { stoppedUnits },
      },
    };
  },
});
