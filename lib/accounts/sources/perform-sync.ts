import { eq, sql } from "drizzle-orm";
import { accountSources, type SourceSync } from "#db/accounts/schema.ts";
import type { Database, Transaction } from "#db/client.ts";
import { appendAudit } from "#lib/audit/append.ts";
import { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import { startScan } from "#lib/scans/start-scan.ts";
import { openSecrets } from "#lib/secrets/store.ts";
import { notifyAccounts, notifyProgress } from "../notify.ts";
import { insertMembers } from "./connect-members.ts";
import { lookForMembers, type Member, type Members } from "./look/look-for-members.ts";
import { lockSource, type SourceRow } from "./stored-source.ts";

/** How many ids an audit entry names of each change; beyond that the numbers must do. */
const namedIds = 100;

/**
 * Looks for a source's members and brings its list in step: new ones appear (and connect, where the source says so), those
 * that are gone or suspended are marked. Nothing is ever deleted, and a look that failed changes nothing but `lastSync`.
 */
export async function performSync(db: Database, sourceId: string, signal: AbortSignal): Promise<void> {
  const [source] = await db.select().from(accountSources).where(eq(accountSources.id, sourceId));
  if (!source) return;
  const scope = Scope.ofSystem(source.organisationId, "discovery");
  // By the database's clock, since looks of several workers are compared.
  const [clock] = await db.execute<{ now: string }>(sql`select clock_timestamp() as now`);
  const startedAt = new Date(clock?.now ?? Date.now());
  let found: Members;
  try {
    const owner = { kind: "source" as const, id: source.id };
    const secrets = await openSecrets(db, {
      organisationId: source.organisationId,
      owner,
      identity: "read",
    });
    found = await lookForMembers(source.cloud, source.connection, secrets, signal);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return recordFailure(db, scope, source, startedAt, error.message);
  }
  const connected = await db.transaction((tx) => apply(tx, scope, source, startedAt, found));
  for (let from = 0; from < connected.length; from += 500) {
    await startScan(db, scope, { accountIds: connected.slice(from, from + 500), trigger: "connect" });
  }
}

async function recordFailure(
  db: Database,
  scope: Scope,
  source: SourceRow,
  startedAt: Date,
  error: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    const present = await lockIfPresent(tx, scope, source.id);
    if (!present || isOutdated(present, startedAt)) return;
    const none = { members: 0, appeared: 0, connected: 0, suspended: 0, gone: 0 };
    await conclude(tx, scope, source, { at: startedAt.toISOString(), error, ...none }, {});
  });
}

async function apply(
  tx: Transaction,
  scope: Scope,
  seen: SourceRow,
  startedAt: Date,
  { own, members }: Members,
): Promise<string[]> {
  const source = await lockIfPresent(tx, scope, seen.id);
  // Whoever changed the credentials meanwhile has asked for another look.
  if (!source || isOutdated(source, startedAt) || source.revision !== seen.revision) return [];
  const appeared = await upsertMembers(tx, source, startedAt, members);
  const gone = await markGone(tx, source, startedAt, members);
  if (own !== source.ownExternalId) {
    await tx.update(accountSources).set({ ownExternalId: own }).where(eq(accountSources.id, source.id));
  }
  const wanted = members.filter(
    ({ externalId, state }) => source.autoConnect && state === "active" && appeared.has(externalId),
  );
  const { accountIds, audit } = await insertMembers(tx, scope, { ...source, ownExternalId: own }, wanted);
  for (const record of audit) await appendAudit(tx, scope, record);
  const suspended = members.filter(({ state }) => state === "suspended");
  const sync: SourceSync = {
    at: startedAt.toISOString(),
    error: null,
    members: members.length,
    appeared: appeared.size,
    connected: accountIds.length,
    suspended: suspended.length,
    gone: gone.length,
  };
  await conclude(tx, scope, source, sync, {
    appeared: [...appeared].slice(0, namedIds),
    gone: gone.slice(0, namedIds),
    suspended: suspended.map(({ externalId }) => externalId).slice(0, namedIds),
  });
  return accountIds;
}

/** A look that began before one that has been applied is worth nothing any more. */
const isOutdated = ({ lastSync }: SourceRow, startedAt: Date): boolean =>
  lastSync !== null && new Date(lastSync.at) > startedAt;

async function lockIfPresent(tx: Transaction, scope: Scope, sourceId: string): Promise<SourceRow | null> {
  try {
    return await lockSource(tx, scope, sourceId);
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") return null;
    throw error;
  }
}

/** Returns the ids of those that the list did not have, or had as gone. */
async function upsertMembers(
  tx: Transaction,
  source: SourceRow,
  at: Date,
  members: readonly Member[],
): Promise<ReadonlySet<string>> {
  const before = await tx.execute<{ externalId: string }>(sql`
    select external_id as "externalId" from account_source_members where source_id = ${source.id} and state <> 'gone'
  `);
  const known = new Set(before.map(({ externalId }) => externalId));
  const moment = sql`${at.toISOString()}::timestamptz`;
  await tx.execute(sql`
    insert into account_source_members
      (organisation_id, source_id, external_id, level, name, state, state_since, first_seen_at, seen_at)
    select ${source.organisationId}, ${source.id}, m."externalId", m.level, m.name, m.state, ${moment}, ${moment}, ${moment}
    from jsonb_to_recordset(${JSON.stringify(members)}::jsonb)
      as m("externalId" text, level text, name text, state text)
    on conflict (source_id, external_id) do update set level = excluded.level, name = excluded.name,
      state = excluded.state, seen_at = excluded.seen_at,
      state_since = case when account_source_members.state = excluded.state
        then account_source_members.state_since else excluded.state_since end
  `);
  return new Set(members.map(({ externalId }) => externalId).filter((id) => !known.has(id)));
}

/** Marks those that are no longer listed; returns the ids of the newly marked. */
async function markGone(
  tx: Transaction,
  source: SourceRow,
  at: Date,
  members: readonly Member[],
): Promise<string[]> {
  const ids = members.map(({ externalId }) => externalId);
  const gone = await tx.execute<{ externalId: string }>(sql`
    update account_source_members set state = 'gone', state_since = ${at.toISOString()}::timestamptz
    where source_id = ${source.id} and state <> 'gone'
      and external_id not in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))
    returning external_id as "externalId"
  `);
  return gone.map(({ externalId }) => externalId).sort();
}

async function conclude(
  tx: Transaction,
  scope: Scope,
  source: SourceRow,
  sync: SourceSync,
  named: Record<string, string[]>,
): Promise<void> {
  await tx.update(accountSources).set({ lastSync: sync }).where(eq(accountSources.id, source.id));
  const { error, members, appeared, connected, suspended, gone } = sync;
  await appendAudit(tx, scope, {
    action: "account_source.sync",
    object: { kind: "account_source", id: source.id },
    result: error === null ? "done" : "failed",
    // When it began is by the database's clock, whose milliseconds are few enough to pass for this machine's.
    durationMs: Math.max(0, Date.now() - Date.parse(sync.at)),
    after: { error, counts: { members, appeared, connected, suspended, gone }, ...named },
  });
  await notifyAccounts(tx, scope.organisationId);
  await notifyProgress(tx, scope.organisationId, source.id);
}
