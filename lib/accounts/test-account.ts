import { isDeepStrictEqual } from "node:util";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { accounts, type ConnectionTest, type Identity, identities } from "#db/accounts/schema.ts";
import type { Database } from "#db/client.ts";
import type { Scope } from "../auth/scope.ts";
import { DomainError } from "../errors.ts";
import { clouds } from "../inventory/model.ts";
import { defineMutation, parseInput } from "../mutation.ts";
import type { PermissionGroup } from "../roles/permissions.ts";
import { openSecrets } from "../secrets/store.ts";
import { AccountId, Revision } from "./account-input.ts";
import { ExternalId, parseConnection, refuseStrangeEmulator, Secrets, secretsOf } from "./connection.ts";
import { checkRevision, lockAccount } from "./lock-account.ts";
import { notifyProgress } from "./notify.ts";
import { secretOwnerOf } from "./open-account.ts";
import { testConnection } from "./test-connection.ts";

export type TestOptions = {
  /** What the identity must be allowed; for the read identity what scanning takes, for the write identity nothing. */
  permissions?: readonly PermissionGroup[];
  signal?: AbortSignal;
};

/**
 * Tests an identity of a connected account and stores the result with it, audited. It calls the provider, for 30 seconds
 * at most. Throws `conflict` when the account was changed meanwhile: the result is about what it was.
 */
export async function testAccount(
  db: Database,
  scope: Scope,
  accountId: string,
  identity: Identity,
  options: TestOptions = {},
): Promise<ConnectionTest> {
  scope.require("accounts:manage");
  const account = await findAccount(db, scope, accountId);
  const connection = identity === "read" ? account.connection : account.writeConnection;
  if (!connection) throw new DomainError("conflict", `${account.name} has no write identity to test.`);
  const result = await testStored(db, scope, account, identity, connection, options);
  await recordTest(db, scope, { accountId, revision: account.revision, identity, result });
  return result;
}

async function testStored(
  db: Database,
  scope: Scope,
  account: typeof accounts.$inferSelect,
  identity: Identity,
  connection: Record<string, unknown>,
  options: TestOptions,
): Promise<ConnectionTest> {
  const { cloud, level, externalId } = account;
  const permissions = options.permissions ?? (identity === "write" ? [] : undefined);
  const given = { ...options, ...(permissions ? { permissions } : {}) };
  try {
    const secrets = await openSecrets(db, secretOwnerOf(scope.organisationId, account, identity));
    return await testConnection({ cloud, level, externalId, connection, secrets }, given);
  } catch (error) {
    // A secret that can't be opened is a result, too: it says what to do.
    if (!(error instanceof DomainError)) throw error;
    const at = new Date().toISOString();
    return { at, reached: null, error: error.message, method: null, missing: [], untold: [] };
  }
}

const recordTest = defineMutation({
  permission: "accounts:manage",
  act: { action: "account.test", kind: "account", id: "accountId" },
  input: z.object({
    accountId: AccountId,
    revision: Revision,
    identity: z.enum(identities),
    result: z.custom<ConnectionTest>(),
  }),
  async run({ tx, scope, input: { accountId, revision, identity, result } }) {
    const account = await lockAccount(tx, scope, accountId);
    checkRevision(account, revision);
    // A test changes nothing that an edit could overwrite, so it doesn't count as a change.
    await tx
      .update(accounts)
      .set(identity === "read" ? { readTest: result } : { writeTest: result })
      .where(eq(accounts.id, account.id));
    await notifyProgress(tx, scope.organisationId, account.id);
    const { reached, error, method, missing } = result;
    return {
      result: { accountId },
      audit: {
        action: "account.test",
        object: { kind: "account", id: account.id },
        after: { identity, reached, error, method, missing },
      },
    };
  },
});

export const TestDraftInput = z.object({
  cloud: z.enum(clouds),
  level: z.enum(["account", "directory"]).default("account"),
  /** The account that must answer; null takes whichever the credentials reach, where they reach one alone. */
  externalId: z.string().max(64).nullable().default(null),
  connection: z.record(z.string(), z.unknown()),
  secrets: Secrets,
  /** An account whose stored secrets fill in those not given; its read identity's, or its write identity's. */
  accountId: AccountId.optional(),
  identity: z.enum(identities).default("read"),
});

/**
 * Tests a connection before it is stored, or a change of one: for a form's "Test connection". Stores nothing, and what it
 * is given goes no further than the provider.
 */
export async function testDraft(
  db: Database,
  scope: Scope,
  raw: z.input<typeof TestDraftInput>,
  options: TestOptions = {},
): Promise<ConnectionTest> {
  scope.require("accounts:manage");
  const { cloud, level, externalId, connection, secrets, accountId, identity } = parseInput(
    TestDraftInput,
    raw,
  );
  const parsed = parseConnection(cloud, connection);
  refuseStrangeEmulator(parsed);
  const id =
    externalId === null
      ? null
      : parseInput(z.object({ externalId: ExternalId[cloud] }), { externalId }).externalId;
  const account = accountId === undefined ? null : await findAccount(db, scope, accountId);
  const known = identity === "read" ? account?.connection : account?.writeConnection;
  // As in an edit: stored secrets go where they went before, and nowhere else that a draft may name.
  const stored =
    account && account.cloud === cloud && isDeepStrictEqual(known, parsed)
      ? await openSecrets(db, secretOwnerOf(scope.organisationId, account, identity))
      : {};
  const needed = Object.fromEntries(
    secretsOf(cloud, parsed).flatMap((name) => {
      const secret = secrets[name] ?? stored[name];
      return secret === undefined ? [] : [[name, secret]];
    }),
  );
  const permissions = options.permissions ?? (identity === "write" ? [] : undefined);
  return testConnection(
    { cloud, level, externalId: id, connection: parsed, secrets: needed },
    { ...options, ...(permissions ? { permissions } : {}) },
  );
}

async function findAccount(
  db: Database,
  scope: Scope,
  accountId: string,
): Promise<typeof accounts.$inferSelect> {
  const [account] = await db
    .select()
    .from(accounts)
    .where(and(eq(accounts.id, accountId), eq(accounts.organisationId, scope.organisationId)));
  if (!account || (scope.accountIds && !scope.accountIds.includes(accountId))) {
    throw new DomainError("not_found", "There is no such account.");
  }
  return account;
}
