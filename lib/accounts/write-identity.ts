import { isNotNull } from "drizzle-orm";
import { z } from "zod";
import { accounts } from "#db/accounts/schema.ts";
import { defineMutation } from "../mutation.ts";
import { dropSecretsExcept, secretNames, storeSecrets } from "../secrets/store.ts";
import { AccountId, Revision } from "./account-input.ts";
import { checkLevel, checkSecrets, parseConnection, Secrets, secretsOf } from "./connection.ts";
import { changeAccount, checkRevision, lockAccount } from "./lock-account.ts";
import { visibleConnection } from "./visible-connection.ts";

const ownerOf = (organisationId: string, accountId: string) => ({
  organisationId,
  owner: { kind: "account" as const, id: accountId },
  identity: "write" as const,
});

export const SetWriteIdentityInput = z.object({
  accountId: AccountId,
  revision: Revision,
  /** One of the account's own cloud. */
  connection: z.record(z.string(), z.unknown()),
  /** Those not given stay as they are stored, if the connection does. */
  secrets: Secrets,
});

/** Says with which identity fixes are made in an account; scans go on with the one that reads. */
export const setWriteIdentity = defineMutation({
  permission: "accounts:manage",
  act: { action: "account.set_write_identity", kind: "account", id: "accountId" },
  input: SetWriteIdentityInput,
  async run({ tx, scope, input }) {
    const account = await lockAccount(tx, scope, input.accountId);
    checkRevision(account, input.revision);
    const connection = parseConnection(account.cloud, input.connection);
    const owner = ownerOf(scope.organisationId, account.id);
    checkLevel(account, connection);
    const present = { connection: account.writeConnection, secrets: await secretNames(tx, owner) };
    checkSecrets(account.cloud, connection, input.secrets, present);
    const kept = secretsOf(account.cloud, connection);
    await dropSecretsExcept(tx, owner, kept);
    await storeSecrets(tx, owner, input.secrets);
    const changed = await changeAccount(
      tx,
      scope,
      account,
      { writeConnection: connection, writeTest: null },
      "Nothing was changed.",
    );
    const { writeConnection: before } = account;
    return {
      result: { accountId: account.id, revision: changed.revision },
      audit: {
        action: "account.set_write_identity",
        object: { kind: "account", id: account.id },
        before: { connection: before && visibleConnection(before) },
        after: {
          connection: visibleConnection(connection),
          secrets: kept,
          secretsReplaced: Object.keys(input.secrets).sort(),
        },
      },
    };
  },
});

export const RemoveWriteIdentityInput = z.object({ accountId: AccountId, revision: Revision });

/** Forgets the identity that fixes are made with, and its secrets: from then on the account can only be read. */
export const removeWriteIdentity = defineMutation({
  permission: "accounts:manage",
  act: { action: "account.remove_write_identity", kind: "account", id: "accountId" },
  input: RemoveWriteIdentityInput,
  async run({ tx, scope, input }) {
    const account = await lockAccount(tx, scope, input.accountId);
    checkRevision(account, input.revision);
    const changed = await changeAccount(
      tx,
      scope,
      account,
      { writeConnection: null, writeTest: null },
      "Nothing was changed: the account has no write identity.",
      isNotNull(accounts.writeConnection),
    );
    await dropSecretsExcept(tx, ownerOf(scope.organisationId, account.id), []);
    const { writeConnection: before } = account;
    return {
      result: { accountId: account.id, revision: changed.revision },
      audit: {
        action: "account.remove_write_identity",
        object: { kind: "account", id: account.id },
        before: { connection: before && visibleConnection(before) },
      },
    };
  },
});
