import { eq } from "drizzle-orm";
import { accounts } from "#db/accounts/schema.ts";
import type { Database } from "#db/client.ts";
import { acmeRemediator } from "#sandbox/estates/acme/azure/company.ts";
import { acmeAccounts } from "#sandbox/estates/acme/company.ts";
import { acmeProjects } from "#sandbox/estates/acme/gcp/company.ts";
import { setWriteIdentity } from "../accounts/write-identity.ts";
import type { Scope } from "../auth/scope.ts";
import { DomainError } from "../errors.ts";
import type { Cloud } from "../inventory/model.ts";

export type WriteIdentity = { connection: Record<string, unknown>; secrets: Record<string, string> };

/** An account of Acme's, as far as it says how it is reached for reading. */
type Reached = { cloud: Cloud; externalId: string; connection: object };

/**
 * The identity that fixes are made with in an account of the sandbox: it is reached as the one that reads is, by another
 * name. Null for an account that isn't Acme's, and for Azure where the secret isn't known.
 *
 * @param secretOf The secret of an application of Azure's, by its client id.
 */
export function acmeWriter(
  { cloud, externalId, connection }: Reached,
  secretOf: (clientId: string) => string | null | undefined,
): WriteIdentity | null {
  if (cloud === "aws") {
    const account = acmeAccounts.find(({ id }) => id === externalId);
    return account
      ? { connection: { ...connection, roleArn: account.remediatorRoleArn }, secrets: {} }
      : null;
  }
  if (cloud === "azure") {
    const clientSecret = secretOf(acmeRemediator.appId);
    return clientSecret
      ? { connection: { ...connection, clientId: acmeRemediator.appId }, secrets: { clientSecret } }
      : null;
  }
  const project = acmeProjects.find(({ id }) => id === externalId);
  return project ? { connection: { ...connection, serviceAccount: project.remediator }, secrets: {} } : null;
}

/** Has fixes made with `writer` in an account, whatever its revision is by now. */
export async function giveWriter(
  db: Database,
  scope: Scope,
  accountId: string,
  { connection, secrets }: WriteIdentity,
): Promise<void> {
  const [account] = await db
    .select({ revision: accounts.revision })
    .from(accounts)
    .where(eq(accounts.id, accountId));
  if (!account) throw new DomainError("not_found", "The account is gone.");
  await setWriteIdentity(db, scope, { accountId, revision: account.revision, connection, secrets });
}
