import type { AccountDetail, AccountView } from "#db/accounts/queries.ts";
import type { ConnectionTest, DeletionProgress, Identity } from "#db/accounts/schema.ts";
import type { AccountLevel } from "#lib/inventory/collector.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import { remoteClient } from "../remote/remote.ts";

export type ShownAccount = AccountDetail & { resources: { service: string; resources: number }[] };

/** How an account would be reached; `externalId` null for whichever answers. */
export type AccountDraft = {
  cloud: Cloud;
  level: AccountLevel;
  externalId: string | null;
  connection: Record<string, unknown>;
  secrets: Record<string, string>;
};

export type NewAccount = Omit<AccountDraft, "externalId"> & {
  externalId: string;
  name: string;
  environment: string | null;
  regions: string[] | null;
  schedule: string | null;
  scheduleTimeZone: string;
};

export type AccountChange = {
  revision: number;
  secrets: Record<string, string>;
  connection?: Record<string, unknown>;
  name?: string;
  environment?: string | null;
  regions?: string[] | null;
  schedule?: string | null;
  scheduleTimeZone?: string;
};

/** What the commands of accounts do, here or on a server. Each throws a DomainError for what the user can mend. */
export type AccountsBackend = {
  list(): Promise<AccountView[]>;
  show(accountId: string): Promise<ShownAccount>;
  /** The provider's id of the account that a draft reaches. */
  reach(draft: AccountDraft): Promise<string>;
  /** Connects an account and starts its first scan, where that is allowed. */
  connect(account: NewAccount): Promise<{ accountId: string; scanId: string | null }>;
  edit(accountId: string, change: AccountChange): Promise<void>;
  setWriteIdentity(
    accountId: string,
    identity: { revision: number; connection: Record<string, unknown>; secrets: Record<string, string> },
  ): Promise<void>;
  removeWriteIdentity(accountId: string, revision: number): Promise<void>;
  test(accountId: string, identity: Identity): Promise<ConnectionTest>;
  disable(accountId: string): Promise<{ stoppedUnits: number }>;
  enable(accountId: string): Promise<void>;
  delete(accountId: string, confirmation: string): Promise<void>;
  /** How far a deletion is; `"gone"` once there is nothing left. */
  deletionOf(accountId: string): Promise<DeletionProgress | null | "gone">;
};

/** Runs a command on the server that PARAPET_URL names, else on this machine's own installation. */
export async function withAccounts<T>(
  organisation: string | undefined,
  run: (accounts: AccountsBackend) => Promise<T>,
): Promise<T> {
  const client = remoteClient(organisation);
  if (client) {
    const { remoteAccounts } = await import("../remote/accounts.ts");
    return run(remoteAccounts(client));
  }
  const [{ withInstallation }, { localAccounts }] = await Promise.all([
    import("../installation.ts"),
    import("./local-accounts.ts"),
  ]);
  return withInstallation(organisation, ({ db }, scope) => run(localAccounts(db, scope)));
}
