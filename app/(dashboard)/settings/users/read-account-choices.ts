import { listAccounts } from "#db/accounts/queries.ts";
import { database } from "#db/client.ts";
import type { Scope } from "#lib/auth/scope.ts";
import type { Cloud } from "#lib/inventory/model.ts";

/** An account as one chooses it for somebody. */
export type AccountChoice = {
  id: string;
  name: string;
  externalId: string;
  environment: string | null;
  cloud: Cloud;
};

/** The accounts that can be shown to somebody, by name. */
export async function readAccountChoices(scope: Scope): Promise<AccountChoice[]> {
  const accounts = await listAccounts(database().db, scope);
  return accounts.map(({ id, name, externalId, environment, cloud }) => ({
    ...{ id, name, externalId, environment, cloud },
  }));
}
