import { eq } from "drizzle-orm";
import { countAccountResources, getAccount, listAccounts } from "#db/accounts/queries.ts";
import { accounts } from "#db/accounts/schema.ts";
import type { Database } from "#db/client.ts";
import { ConnectAccountInput, connectAccount } from "#lib/accounts/connect-account.ts";
import { deleteAccount } from "#lib/accounts/delete-account.ts";
import { disableAccount } from "#lib/accounts/disable-account.ts";
import { editAccount } from "#lib/accounts/edit-account.ts";
import { enableAccount } from "#lib/accounts/enable-account.ts";
import { testAccount } from "#lib/accounts/test-account.ts";
import { removeWriteIdentity, setWriteIdentity } from "#lib/accounts/write-identity.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { jobQueue } from "#lib/jobs/queue.ts";
import { parseInput } from "#lib/mutation.ts";
import { startScan } from "#lib/scans/start-scan.ts";
import type { AccountsBackend } from "./backend.ts";
import { reachAccount } from "./reach-account.ts";

/** The accounts of this machine's own installation. */
export function localAccounts(db: Database, scope: Scope): AccountsBackend {
  return {
    list: () => listAccounts(db, scope),
    async show(accountId) {
      const [detail, resources] = await Promise.all([
        getAccount(db, scope, accountId),
        countAccountResources(db, scope, accountId),
      ]);
      return { ...detail, resources };
    },
    reach: reachAccount,
    async connect(account) {
      const { accountId } = await connectAccount(db, scope, parseInput(ConnectAccountInput, account));
      const { scanId } = await startScan(db, scope, { accountIds: [accountId], trigger: "connect" });
      await (await jobQueue()).close();
      return { accountId, scanId };
    },
    async edit(accountId, change) {
      await editAccount(db, scope, { accountId, ...change });
    },
    async setWriteIdentity(accountId, identity) {
      await setWriteIdentity(db, scope, { accountId, ...identity });
    },
    async removeWriteIdentity(accountId, revision) {
      await removeWriteIdentity(db, scope, { accountId, revision });
    },
    test: (accountId, identity) => testAccount(db, scope, accountId, identity),
    async disable(accountId) {
      const { stoppedUnits } = await disableAccount(db, scope, { accountId });
      await (await jobQueue()).close();
      return { stoppedUnits };
    },
    async enable(accountId) {
      await enableAccount(db, scope, { accountId });
    },
    async delete(accountId, confirmation) {
      await deleteAccount(db, scope, { accountId, confirmation });
      await (await jobQueue()).close();
    },
    async deletionOf(accountId) {
      const [left] = await db
        .select({ deletion: accounts.deletion })
        .from(accounts)
        .where(eq(accounts.id, accountId));
      return left ? left.deletion : "gone";
    },
  };
}
