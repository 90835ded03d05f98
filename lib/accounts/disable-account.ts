import { isNull } from "drizzle-orm";
import { z } from "zod";
import { accounts } from "#db/accounts/schema.ts";
import { defineMutation } from "../mutation.ts";
import { AccountId } from "./account-input.ts";
import { changeAccount, lockAccount } from "./lock-account.ts";
import { notifyAccounts } from "./notify.ts";
import { stopUnits } from "./stop-units.ts";

export const DisableAccountInput = z.object({ accountId: AccountId });

/**
 * Leaves an account out of every scan until it is enabled again. What running scans have not read of it ends as cancelled;
 * its findings stay as they were last seen.
 */
export const disableAccount = defineMutation({
  permission: "accounts:manage",
  act: { action: "account.disable", kind: "account", id: "accountId" },
  input: DisableAccountInput,
  async run({ tx, scope, input }) {
    const account = await lockAccount(tx, scope, input.accountId);
    const changed = await changeAccount(
      tx,
      scope,
      account,
      { disabledAt: new Date() },
      `Nothing was changed: ${account.name} is disabled already.`,
      isNull(accounts.disabledAt),
    );
    const stoppedUnits = await stopUnits(tx, account, "The account was disabled.");
    await notifyAccounts(tx, scope.organisationId);
    return {
      result: { accountId: account.id, revision: changed.revision, stoppedUnits },
      audit: {
        action: "account.disable",
        object: { kind: "account", id: account.id },
        after: { stoppedUnits },
      },
    };
  },
});
