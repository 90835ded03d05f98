import type { Identity } from "#db/accounts/schema.ts";
import type { Database, Transaction } from "#db/client.ts";
import { openSession } from "../clouds/open-session.ts";
import type { CloudSession, ReachableAccount } from "../clouds/session.ts";
import { DomainError } from "../errors.ts";
import { openSecrets, type SecretOwner } from "../secrets/store.ts";

/** An account's row, as far as reaching it goes. */
export type StoredAccount = Omit<ReachableAccount, "secrets"> & { id: string; sourceId: string | null };

/** An account that follows a source is reached with the source's secrets. */
export const secretOwnerOf = (
  organisationId: string,
  account: { id: string; sourceId: string | null },
  identity: Identity = "read",
): SecretOwner => ({
  organisationId,
  owner:
    account.sourceId !== null && identity === "read"
      ? { kind: "source", id: account.sourceId }
      : { kind: "account", id: account.id },
  identity,
});

/**
 * Opens the way into a connected account, with its secrets in this process's memory alone. Throws a DomainError
 * (`unavailable`) when a secret can't be opened or the connection is broken; what a provider says shows at the first use.
 */
export async function openAccount(
  db: Database | Transaction,
  organisationId: string,
  { id, sourceId, cloud, level, externalId, connection }: StoredAccount,
): Promise<CloudSession> {
  const secrets = await openSecrets(db, secretOwnerOf(organisationId, { id, sourceId }));
  return openSession({ cloud, level, externalId, connection, secrets });
}

/**
 * Opens the account with the identity that fixes are made with. Throws a DomainError (`conflict`) when it has none, and
 * as `openAccount`.
 */
export async function openForWriting(
  db: Database | Transaction,
  organisationId: string,
  account: StoredAccount & { writeConnection: Record<string, unknown> | null; name: string },
): Promise<CloudSession> {
  const { id, sourceId, cloud, level, externalId, writeConnection, name } = account;
  if (writeConnection === null) {
    throw new DomainError(
      "conflict",
      `${name} has no write identity, so nothing can be changed in it. Set one on the account's page.`,
    );
  }
  const secrets = await openSecrets(db, secretOwnerOf(organisationId, { id, sourceId }, "write"));
  return openSession({ cloud, level, externalId, connection: writeConnection, secrets });
}
