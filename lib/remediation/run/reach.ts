import { eq } from "drizzle-orm";
import { accounts } from "#db/accounts/schema.ts";
import type { Database } from "#db/client.ts";
import { openAccount, openForWriting } from "../../accounts/open-account.ts";
import type { CloudAccess } from "../../clouds/access.ts";
import type { CloudSession } from "../../clouds/session.ts";
import { DomainError } from "../../errors.ts";

/** A way into an account that opens at the first use, and closes once what it is for has ended. */
export type Reach = { access(signal: AbortSignal): Promise<CloudAccess>; close(): void };

/**
 * @param identity `read` for planning, `write` for carrying out.
 * `access` throws a DomainError when the account is gone, disabled, or has no such identity.
 */
export function reachAccount(db: Database, accountId: string, identity: "read" | "write"): Reach {
  let opening: Promise<CloudSession> | undefined;
  const open = async (): Promise<CloudSession> => {
    const [account] = await db.select().from(accounts).where(eq(accounts.id, accountId));
    if (!account || account.deletion)
      throw new DomainError("conflict", "The account is not connected any more.");
    if (account.disabledAt) {
      throw new DomainError("conflict", `${account.name} is disabled, so nothing is read or changed in it.`);
    }
    return identity === "read"
      ? openAccount(db, account.organisationId, account)
      : openForWriting(db, account.organisationId, account);
  };
  return {
    async access(signal) {
      opening ??= open();
      return (await opening).access(signal);
    },
    close() {
      // One that could not be opened has nothing to close.
      opening?.then((session) => session.close()).catch(() => undefined);
    },
  };
}
