import { z } from "zod";
import { accountSources } from "#db/accounts/schema.ts";
import { newId } from "#db/columns.ts";
import { AwsConnection } from "#lib/clouds/aws/credentials.ts";
import { AzureConnection } from "#lib/clouds/azure/connection.ts";
import { GcpConnection } from "#lib/clouds/gcp/connection.ts";
import { DomainError } from "#lib/errors.ts";
import { enqueue } from "#lib/jobs/queue.ts";
import { defineMutation } from "#lib/mutation.ts";
import { storeSecrets } from "#lib/secrets/store.ts";
import { Environment, Schedule, TimeZone } from "../account-input.ts";
import { checkSecrets, Secrets } from "../connection.ts";
import { notifyAccounts } from "../notify.ts";
import { checkTemplate, MemberTemplate } from "./member-template.ts";
import { sourceRecord } from "./stored-source.ts";

/** Fields that connecting and editing a source share. */
export const sourceFields = {
  name: z.string().trim().min(1, "Give the source a name.").max(100),
  /** Whether members that appear from now on are connected without being asked for. */
  autoConnect: z.boolean(),
  /** The environment of accounts that connect by themselves. */
  environment: Environment,
  /** When accounts that connect by themselves are scanned. */
  scanSchedule: Schedule,
  /** When to look for members. */
  schedule: Schedule,
  /** The time zone of both schedules. */
  scheduleTimeZone: TimeZone,
};

const common = {
  name: sourceFields.name,
  secrets: Secrets,
  autoConnect: sourceFields.autoConnect.default(false),
  environment: sourceFields.environment.default(null),
  scanSchedule: sourceFields.scanSchedule.default(null),
  schedule: sourceFields.schedule.default("17 5 * * *"),
  scheduleTimeZone: sourceFields.scheduleTimeZone.default("UTC"),
};

export const ConnectSourceInput = z.discriminatedUnion("cloud", [
  z.object({
    cloud: z.literal("aws"),
    connection: AwsConnection,
    template: MemberTemplate.aws,
    ...common,
  }),
  z.object({
    cloud: z.literal("azure"),
    connection: AzureConnection,
    template: MemberTemplate.azure.default({ type: "same" }),
    ...common,
  }),
  z.object({
    cloud: z.literal("gcp"),
    connection: GcpConnection,
    template: MemberTemplate.gcp.default({ type: "same" }),
    ...common,
  }),
]);

/**
 * Connects an organisation as a source of accounts, and has a worker look for its members: AWS Organizations, the Azure
 * subscriptions or the Google Cloud projects that the credentials can see.
 */
export const connectSource = defineMutation({
  permission: "accounts:manage",
  act: { action: "account_source.connect", kind: "account_source" },
  input: ConnectSourceInput,
  async run({ tx, scope, input }) {
    scope.requireEveryAccount();
    const { secrets, ...source } = input;
    checkSecrets(source.cloud, source.connection, secrets);
    const id = newId("src");
    const row = { ...source, ownExternalId: null };
    checkTemplate(row);
    const [connected] = await tx
      .insert(accountSources)
      .values({ id, organisationId: scope.organisationId, ...row })
      .onConflictDoNothing({ target: [accountSources.organisationId, accountSources.name] })
      .returning({ id: accountSources.id });
    if (!connected)
      throw new DomainError(
        "conflict",
        `Nothing was changed: there is a source called ${source.name} already.`,
      );
    const owner = { kind: "source" as const, id };
    await storeSecrets(tx, { organisationId: scope.organisationId, owner, identity: "read" }, secrets);
    await enqueue(tx, "source-sync", [{ data: { sourceId: id } }]);
    await notifyAccounts(tx, scope.organisationId);
    return {
      result: { sourceId: id },
      audit: {
        action: "account_source.connect",
        object: { kind: "account_source", id },
        after: sourceRecord(row, Object.keys(secrets)),
      },
    };
  },
});
