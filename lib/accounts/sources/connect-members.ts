import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { accountSourceMembers, accounts } from "#db/accounts/schema.ts";
import type { Transaction } from "#db/client.ts";
import type { AuditRecord } from "#lib/audit/append.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import { defineMutation } from "#lib/mutation.ts";
import { Environment, Schedule } from "../account-input.ts";
import { recordOf } from "../account-record.ts";
import { insertAccount } from "../connect-account.ts";
import { notifyAccounts } from "../notify.ts";
import { memberConnection } from "./member-template.ts";
import { lockSource, type SourceRow } from "./stored-source.ts";

type MemberRow = Pick<typeof accountSourceMembers.$inferSelect, "externalId" | "level" | "name">;

export const ConnectMembersInput = z.object({
  sourceId: z.string().min(1).max(64),
  externalIds: z.array(z.string().min(1).max(64)).min(1, "Pick an account.").max(500),
  /** Those of the source when left out. */
  environment: Environment.optional(),
  scanSchedule: Schedule.optional(),
});

/**
 * Connects members picked from a source's list; they are reached as the source says. Members that are connected already
 * are passed over; throws `conflict` when all of them are. First scans are the caller's to start.
 */
export const connectMembers = defineMutation({
  permission: "accounts:manage",
  act: { action: "account.connect", kind: "account_source", id: "sourceId" },
  input: ConnectMembersInput,
  async run({ tx, scope, input }) {
    const source = await lockSource(tx, scope, input.sourceId);
    const wanted = [...new Set(input.externalIds)];
    const members = await tx
      .select()
      .from(accountSourceMembers)
      .where(
        and(eq(accountSourceMembers.sourceId, source.id), inArray(accountSourceMembers.externalId, wanted)),
      )
      .orderBy(accountSourceMembers.externalId);
    const unknown = wanted.filter((id) => !members.some((member) => member.externalId === id));
    if (unknown.length > 0) {
      throw new DomainError(
        "not_found",
        `Nothing was changed: ${source.name} has no member ${unknown.slice(0, 5).join(", ")}.`,
      );
    }
    const { environment = source.environment, scanSchedule = source.scanSchedule } = input;
    const { accountIds, audit } = await insertMembers(
      tx,
      scope,
      { ...source, environment, scanSchedule },
      members,
    );
    const [first, ...rest] = audit;
    if (!first)
      throw new DomainError("conflict", "Nothing was changed: every one of these is connected already.");
    await notifyAccounts(tx, scope.organisationId);
    return { result: { accountIds }, audit: [first, ...rest] };
  },
});

/** Connects those members that are not connected yet, to follow the source from then on. */
export async function insertMembers(
  tx: Transaction,
  scope: Scope,
  source: SourceRow,
  members: readonly MemberRow[],
): Promise<{ accountIds: string[]; audit: AuditRecord[] }> {
  const accountIds: string[] = [];
  const audit: AuditRecord[] = [];
  for (const { externalId, level, name } of members) {
    const account = {
      cloud: source.cloud,
      level,
      externalId,
      name: name.trim().slice(0, 100) || externalId,
      environment: source.environment,
      connection: memberConnection(source, externalId),
      regions: null,
      schedule: source.scanSchedule,
      scheduleTimeZone: source.scheduleTimeZone,
    };
    const id = await insertAccount(tx, scope, { ...account, sourceId: source.id });
    if (id === null) continue;
    accountIds.push(id);
    audit.push({
      action: "account.connect",
      object: { kind: "account", id },
      after: { ...recordOf(account, []), source: source.id },
    });
  }
  return { accountIds, audit };
}

/** Which of the provider's ids the organisation has connected. */
export async function connectedAmong(
  tx: Transaction,
  source: Pick<SourceRow, "organisationId" | "cloud">,
  externalIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (externalIds.length === 0) return new Set();
  const found = await tx
    .select({ externalId: accounts.externalId })
    .from(accounts)
    .where(
      and(
        eq(accounts.organisationId, source.organisationId),
        eq(accounts.cloud, source.cloud),
        sql`${accounts.externalId} in (select jsonb_array_elements_text(${JSON.stringify(externalIds)}::jsonb))`,
      ),
    );
  return new Set(found.map(({ externalId }) => externalId));
}
