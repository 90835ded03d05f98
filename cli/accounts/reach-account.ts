import { parseConnection } from "#lib/accounts/connection.ts";
import { openSession } from "#lib/clouds/open-session.ts";
import { DomainError } from "#lib/errors.ts";
import { provideSandboxKeys } from "#lib/setup/provide-sandbox-keys.ts";
import type { AccountDraft } from "./backend.ts";

/** The id of the account that a draft reaches from this machine. The worker must reach it in the same way later. */
export async function reachAccount(draft: AccountDraft): Promise<string> {
  await provideSandboxKeys();
  const session = openSession({ ...draft, connection: parseConnection(draft.cloud, draft.connection) });
  try {
    return await session.account();
  } catch (error) {
    const gap = session.gapOf(error, null, "global");
    if (!gap) throw error;
    throw new DomainError(
      "unavailable",
      `Nothing was connected: the account can't be reached. ${gap.message}`,
      { cause: error },
    );
  } finally {
    session.close();
  }
}
