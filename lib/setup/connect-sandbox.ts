import { isDeepStrictEqual } from "node:util";
import { and, eq } from "drizzle-orm";
import { accounts } from "#db/accounts/schema.ts";
import type { Database } from "#db/client.ts";
import { acmeAccounts } from "#sandbox/estates/acme/company.ts";
import { connectAccount } from "../accounts/connect-account.ts";
import { reconnectAccount } from "../accounts/reconnect-account.ts";
import type { Scope } from "../auth/scope.ts";
import type { AwsConnection } from "../clouds/aws/credentials.ts";
import { StartError } from "../start-error.ts";

/**
 * Connects the sandbox cloud's accounts that are not connected yet, and has those that are reached where it listens now.
 * Returns the ids of the newly connected ones.
 */
export async function connectSandbox(
  db: Database,
  scope: Scope,
  sandboxUrl: string | undefined,
): Promise<string[]> {
  if (!sandboxUrl)
    throw new StartError("PARAPET_SANDBOX_URL is missing: it says where the sandbox cloud listens.");
  const present = await db
    .select({ id: accounts.id, externalId: accounts.externalId, connection: accounts.connection })
    .from(accounts)
    .where(and(eq(accounts.organisationId, scope.organisationId), eq(accounts.cloud, "aws")));
  const connected: string[] = [];
  for (const { id: externalId, name, environment, roleArn, externalId: trustId } of acmeAccounts) {
    const known = present.find((account) => account.externalId === externalId);
    const connection: AwsConnection = {
      type: "assume_role",
      roleArn,
      externalId: trustId,
      endpointUrl: sandboxUrl,
    };
    if (!known) {
      const input = {
        cloud: "aws" as const,
        externalId,
        name,
        environment,
        connection,
        schedule: "0 3 * * *",
      };
      connected.push((await connectAccount(db, scope, input)).accountId);
    } else if (!isDeepStrictEqual(known.connection, connection)) {
      await reconnectAccount(db, scope, { accountId: known.id, connection });
    }
  }
  return connected;
}
