import { isDeepStrictEqual } from "node:util";
import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { accounts } from "#db/accounts/schema.ts";
import type { Transaction } from "#db/client.ts";
import { DomainError } from "#lib/errors.ts";
import { defineMutation } from "#lib/mutation.ts";
import { dropSecretsExcept, secretNames, storeSecrets } from "#lib/secrets/store.ts";
import { Revision } from "../account-input.ts";
import { checkSecrets, parseConnection, Secrets, secretsOf } from "../connection.ts";
import { notifyAccounts } from "../notify.ts";
import { sourceFields } from "./connect-source.ts";
import { checkTemplate, memberConnection, parseTemplate } from "./member-template.ts";
import {
  changeSource,
  checkSourceRevision,
  lockSource,
  type SourceRow,
  sourceRecord,
} from "./stored-source.ts";

export const EditSourceInput = z.object({
  sourceId: z.string().min(1).max(64),
  /** As the source's query gave it. */
  revision: Revision,
  /** What is left out stays as it is. */
  name: sourceFields.name.optional(),
  autoConnect: sourceFields.autoConnect.optional(),
  environment: sourceFields.environment.optional(),
  scanSchedule: sourceFields.scanSchedule.optional(),
  schedule: sourceFields.schedule.optional(),
  scheduleTimeZone: sourceFields.scheduleTimeZone.optional(),
  connection: z.record(z.string(), z.unknown()).optional(),
  template: z.record(z.string(), z.unknown()).optional(),
  /** New values for secrets of the connection; the others stay. */
  secrets: Secrets,
});

/**
 * Changes a source. Accounts that follow it are reached in the new way from then on. Throws `conflict` when it changed
 * meanwhile, or when nothing would change.
 */
export const editSource = defineMutation({
  permission: "accounts:manage",
  act: { action: "account_source.edit", kind: "account_source", id: "sourceId" },
  input: EditSourceInput,
  async run({ tx, scope, input }) {
    const source = await lockSource(tx, scope, input.sourceId);
    checkSourceRevision(source, input.revision);
    const owner = {
      organisationId: scope.organisationId,
      owner: { kind: "source" as const, id: source.id },
      identity: "read" as const,
    };
    const stored = await secretNames(tx, owner);
    const changes = wantedOf(source, input);
    const connection = parseConnection(source.cloud, changes.connection);
    checkSecrets(source.cloud, connection, input.secrets, {
      connection: source.connection,
      secrets: stored,
    });
    checkTemplate({ ...source, ...changes });
    const kept = secretsOf(source.cloud, connection);
    const [before, after] = [sourceRecord(source, stored), sourceRecord({ ...source, ...changes }, kept)];
    const changed = Object.keys(after).filter((field) => !isDeepStrictEqual(before[field], after[field]));
    const replaced = Object.keys(input.secrets).sort();
    if (changed.length + replaced.length === 0) {
      throw new DomainError("conflict", `Nothing was changed: ${source.name} is like this already.`);
    }
    await refuseTakenName(tx, source, changes.name);
    await dropSecretsExcept(tx, owner, kept);
    await storeSecrets(tx, owner, input.secrets);
    const reachChanged = changed.includes("connection") || changed.includes("template");
    const result = await changeSource(tx, source, changes);
    const followers = reachChanged ? await reachFollowers(tx, result) : 0;
    await notifyAccounts(tx, scope.organisationId);
    const pick = (record: Record<string, unknown>) =>
      Object.fromEntries(changed.map((field) => [field, record[field]]));
    return {
      result: { sourceId: source.id, revision: result.revision, followers },
      audit: {
        action: "account_source.edit",
        object: { kind: "account_source", id: source.id },
        before: pick(before),
        after: {
          ...pick(after),
          ...(reachChanged ? { followers } : {}),
          ...(replaced.length > 0 ? { secretsReplaced: replaced } : {}),
        },
      },
    };
  },
});

function wantedOf(source: SourceRow, input: z.output<typeof EditSourceInput>) {
  const { cloud } = source;
  const keep = <T>(wanted: T | undefined, present: T): T => (wanted === undefined ? present : wanted);
  return {
    name: keep(input.name, source.name),
    autoConnect: keep(input.autoConnect, source.autoConnect),
    environment: keep(input.environment, source.environment),
    scanSchedule: keep(input.scanSchedule, source.scanSchedule),
    schedule: keep(input.schedule, source.schedule),
    scheduleTimeZone: keep(input.scheduleTimeZone, source.scheduleTimeZone),
    connection: parseConnection(cloud, input.connection ?? source.connection),
    template: parseTemplate(cloud, input.template ?? source.template),
    // Another identity may reach another account; the next look finds out.
    ownExternalId: input.connection === undefined ? source.ownExternalId : null,
  };
}

async function refuseTakenName(tx: Transaction, source: SourceRow, name: string): Promise<void> {
  if (name === source.name) return;
  const taken = await tx.execute(sql`
    select from account_sources where organisation_id = ${source.organisationId} and name = ${name} and id <> ${source.id}
  `);
  if (taken.length > 0)
    throw new DomainError("conflict", `Nothing was changed: there is a source called ${name} already.`);
}

/** Has the accounts that follow the source reached as it says now. */
async function reachFollowers(tx: Transaction, source: SourceRow): Promise<number> {
  const followers = await tx
    .select({ id: accounts.id, externalId: accounts.externalId })
    .from(accounts)
    .where(eq(accounts.sourceId, source.id))
    .orderBy(accounts.id)
    .for("no key update");
  for (const { id, externalId } of followers) {
    await tx
      .update(accounts)
      .set({
        connection: memberConnection(source, externalId),
        readTest: null,
        revision: sql`${accounts.revision} + 1`,
      })
      .where(eq(accounts.id, id));
  }
  return followers.length;
}
