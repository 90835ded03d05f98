import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import type { Scope } from "../auth/scope.ts";
import { DomainError } from "../errors.ts";
import { defineMutation, parseInput } from "../mutation.ts";
import { dropSecretsExcept, secretNames, storeSecrets } from "../secrets/store.ts";
import {
  AccountId,
  AccountName,
  AwsRegions,
  Environment,
  NoRegions,
  Revision,
  Schedule,
  TimeZone,
} from "./account-input.ts";
import { recordOf } from "./account-record.ts";
import { checkLevel, checkSecrets, parseConnection, Secrets, secretsOf } from "./connection.ts";
import { type AccountRow, changeAccount, checkRevision, lockAccount } from "./lock-account.ts";
import { notifyAccounts } from "./notify.ts";

export const EditAccountInput = z.object({
  accountId: AccountId,
  /** As the account's query gave it. */
  revision: Revision,
  /** What is left out stays as it is. */
  name: AccountName.optional(),
  environment: Environment.optional(),
  /** One of the account's own cloud. */
  connection: z.record(z.string(), z.unknown()).optional(),
  /** New values for secrets of the connection; the others stay. */
  secrets: Secrets,
  regions: z.array(z.string().max(64)).nullable().optional(),
  schedule: Schedule.optional(),
  scheduleTimeZone: TimeZone.optional(),
});
type EditAccountInput = z.output<typeof EditAccountInput>;

/**
 * Changes an account's settings, how it is reached, or secrets of that; what was found in it stays. An account that
 * follows a source no longer does once its connection is changed by hand. Throws `conflict` when it changed meanwhile, or
 * when nothing would change.
 */
export const editAccount = defineMutation({
  permission: "accounts:manage",
  act: { action: "account.edit", kind: "account", id: "accountId" },
  input: EditAccountInput,
  async run({ tx, scope, input }) {
    const account = await lockAccount(tx, scope, input.accountId);
    checkRevision(account, input.revision);
    const wanted = settingsOf(account, input);
    const reach = await changeReach(tx, scope, account, input);
    const set = { ...wanted, ...reach?.set };
    const before = recordOf(account, reach?.stored ?? []);
    const after = recordOf({ ...account, ...set }, reach?.kept ?? []);
    const changed = Object.keys(after).filter((field) => !isDeepStrictEqual(before[field], after[field]));
    const replaced = Object.keys(input.secrets).sort();
    if (changed.length + replaced.length === 0) {
      throw new DomainError("conflict", `Nothing was changed: ${account.name} is like this already.`);
    }
    const result = await changeAccount(tx, scope, account, set, "Nothing was changed.");
    await notifyAccounts(tx, scope.organisationId);
    const pick = (record: Record<string, unknown>) =>
      Object.fromEntries(changed.map((field) => [field, record[field]]));
    return {
      result: { accountId: account.id, revision: result.revision },
      audit: {
        action: "account.edit",
        object: { kind: "account", id: account.id },
        before: pick(before),
        after: { ...pick(after), ...(replaced.length > 0 ? { secretsReplaced: replaced } : {}) },
      },
    };
  },
});

function settingsOf(account: AccountRow, input: EditAccountInput) {
  const { name, environment, schedule, scheduleTimeZone } = account;
  const regionsSchema = z.object({ regions: account.cloud === "aws" ? AwsRegions : NoRegions });
  return {
    name: input.name ?? name,
    environment: input.environment === undefined ? environment : input.environment,
    schedule: input.schedule === undefined ? schedule : input.schedule,
    scheduleTimeZone: input.scheduleTimeZone ?? scheduleTimeZone,
    regions:
      input.regions === undefined
        ? account.regions
        : parseInput(regionsSchema, { regions: input.regions }).regions,
  };
}

/** Puts another connection or other secrets in place; `null` when neither is asked for. */
async function changeReach(tx: Transaction, scope: Scope, account: AccountRow, input: EditAccountInput) {
  if (input.connection === undefined && Object.keys(input.secrets).length === 0) return null;
  if (account.sourceId && input.connection === undefined) {
    throw new DomainError(
      "conflict",
      "Nothing was changed: this account is reached with its source's secrets. Change them there, or give the account a connection of its own.",
    );
  }
  const owner = {
    organisationId: scope.organisationId,
    owner: { kind: "account" as const, id: account.id },
    identity: "read" as const,
  };
  const connection = parseConnection(account.cloud, input.connection ?? account.connection);
  const stored = await secretNames(tx, owner);
  checkLevel(account, connection);
  checkSecrets(account.cloud, connection, input.secrets, {
    connection: account.connection,
    secrets: stored,
  });
  const kept = secretsOf(account.cloud, connection);
  await dropSecretsExcept(tx, owner, kept);
  await storeSecrets(tx, owner, input.secrets);
  return { set: { connection, sourceId: null, readTest: null }, stored, kept };
}
