import { isNotNull } from "drizzle-orm";
import { z } from "zod";
import { accounts } from "#db/accounts/schema.ts";
import { defineMutation } from "../mutation.ts";
import { AccountId } from "./account-input.ts";
import { changeAccount, lockAccount } from "./lock-account.ts";
import { notifyAccounts } from "./notify.ts";

export const EnableAccountInput = z.object({ accountId: AccountId });

/** Has an account scanned again, from its next scan on; starting one is the caller's. */
export const enableAccount = defineMutation({
  permission: "accounts:manage",
  act: { action: "account.enable", kind: "account", id: "accountId" },
  input: EnableAccountInput,
  async run({ tx, scope, input }) {
    const account = await lockAccount(tx, scope, input.accountId);
    const changed = await changeAccount(
      tx,
      scope,
      account,
      { disabledAt: null },
      `Nothing was changed: ${account.name} is enabled already.`,
      isNotNull(accounts.disabledAt),
    );
    await notifyAccounts(tx, scope.organisationId);
    return {
      result: { accountId: account.id, revision: changed.revision },
      audit: {
        action: "account.enable",
        object: { kind: "account", id: account.id },
        before: { disabledAt: account.disabledAt?.toISOString() ?? null },
      },
    };
  },
});
