import { z } from "zod";
import { accounts } from "#db/accounts/schema.ts";
import type { Transaction } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import type { Scope } from "../auth/scope.ts";
import { AwsConnection } from "../clouds/aws/credentials.ts";
import { AzureConnection } from "../clouds/azure/connection.ts";
import { GcpConnection } from "../clouds/gcp/connection.ts";
import { DomainError } from "../errors.ts";
import { defineMutation } from "../mutation.ts";
import { storeSecrets } from "../secrets/store.ts";
import { AccountName, AwsRegions, Environment, NoRegions, Schedule, TimeZone } from "./account-input.ts";
import { recordOf } from "./account-record.ts";
import { checkLevel, checkSecrets, ExternalId, Secrets } from "./connection.ts";
import { notifyAccounts } from "./notify.ts";

const common = {
  name: AccountName,
  environment: Environment.default(null),
  /** By the names that `secretsOf` says; sealed before they are stored. */
  secrets: Secrets,
  schedule: Schedule.default(null),
  scheduleTimeZone: TimeZone.default("UTC"),
};

export const ConnectAccountInput = z.discriminatedUnion("cloud", [
  z.object({
    cloud: z.literal("aws"),
    level: z.literal("account").default("account"),
    externalId: ExternalId.aws,
    connection: AwsConnection,
    regions: AwsRegions.default(null),
    ...common,
  }),
  z.object({
    cloud: z.literal("azure"),
    /** A `directory` is a Microsoft Entra tenant; its `externalId` is the tenant's. */
    level: z.enum(["account", "directory"]).default("account"),
    externalId: ExternalId.azure,
    connection: AzureConnection,
    regions: NoRegions,
    ...common,
  }),
  z.object({
    cloud: z.literal("gcp"),
    level: z.literal("account").default("account"),
    externalId: ExternalId.gcp,
    connection: GcpConnection,
    regions: NoRegions,
    ...common,
  }),
]);
export type ConnectAccountInput = z.output<typeof ConnectAccountInput>;

/**
 * Connects a cloud account. Its first scan is the caller's to start, once this has been committed. Throws `conflict` when
 * the organisation has connected it already, and `unavailable` when there is a secret and no key to seal it with.
 */
export const connectAccount = defineMutation({
  permission: "accounts:manage",
  act: { action: "account.connect", kind: "account" },
  input: ConnectAccountInput,
  async run({ tx, scope, input }) {
    scope.requireEveryAccount();
    const { secrets, ...account } = input;
    checkLevel(account, account.connection);
    checkSecrets(account.cloud, account.connection, secrets);
    const id = await insertAccount(tx, scope, account);
    if (id === null) {
      throw new DomainError(
        "conflict",
        `Nothing was changed: account ${input.externalId} is already connected.`,
      );
    }
    const owner = { kind: "account" as const, id };
    await storeSecrets(tx, { organisationId: scope.organisationId, owner, identity: "read" }, secrets);
    await notifyAccounts(tx, scope.organisationId);
    return {
      result: { accountId: id },
      audit: {
        action: "account.connect",
        object: { kind: "account", id },
        after: recordOf(account, Object.keys(secrets)),
      },
    };
  },
});

/** Inserts an account's row and returns its id, or `null` when the organisation has one of that provider's id. */
export async function insertAccount(
  tx: Transaction,
  scope: Scope,
  account: Omit<typeof accounts.$inferInsert, "id" | "organisationId">,
): Promise<string | null> {
  const [connected] = await tx
    .insert(accounts)
    .values({ id: newId("acc"), organisationId: scope.organisationId, ...account })
    .onConflictDoNothing({ target: [accounts.organisationId, accounts.cloud, accounts.externalId] })
    .returning({ id: accounts.id });
  return connected?.id ?? null;
}
