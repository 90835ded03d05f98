import { and, eq, inArray, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { accounts } from "../accounts/schema.ts";
import type { Store } from "../client.ts";
import { users } from "../identity/schema.ts";
import type { AuditEntryView } from "./model.ts";
import type { auditEntries } from "./schema.ts";

type Row = typeof auditEntries.$inferSelect;

/** Rows as their readers see them, with the names of who acted. */
export async function viewsOf(db: Store, scope: Scope, rows: readonly Row[]): Promise<AuditEntryView[]> {
  if (rows.length === 0) return [];
  const objects = (kind: string) =>
    rows.filter(({ objectKind }) => objectKind === kind).map(({ objectId }) => objectId);
  const actors = rows.filter(({ actorKind }) => actorKind === "user").map(({ actorId }) => actorId);
  const [people, places, isSealed] = await Promise.all([
    namesOf(db, scope, [...actors, ...objects("user")]),
    accountNames(db, scope, objects("account")),
    readSealed(db),
  ]);
  const nameOf = (kind: string, id: string) =>
    (kind === "user" ? people.get(id) : kind === "account" ? places.get(id) : null) ?? null;
  return rows.map((row) => ({
    id: row.entryId,
    at: row.at.toISOString(),
    actor: {
      kind: row.actorKind,
      id: row.actorId,
      name: people.get(row.actorId) ?? row.actorId,
      tokenId: row.actorTokenId,
    },
    action: row.action,
    object: { kind: row.objectKind, id: row.objectId, name: nameOf(row.objectKind, row.objectId) },
    result: row.result,
    durationMs: row.durationMs,
    correlationId: row.correlationId,
    origin: row.origin,
    before: row.before,
    after: row.after,
    sealed: isSealed(row),
  }));
}

/** Names of the organisation's users by id. */
export async function namesOf(
  db: Store,
  scope: Scope,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(and(eq(users.organisationId, scope.organisationId), inArray(users.id, [...new Set(ids)])));
  return new Map(found.map(({ id, name }) => [id, name]));
}

async function accountNames(
  db: Store,
  scope: Scope,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(and(eq(accounts.organisationId, scope.organisationId), inArray(accounts.id, [...new Set(ids)])));
  return new Map(found.map(({ id, name }) => [id, name]));
}

/** What is sealed: every transaction below a number, and every id up to one, from before that numbering. */
async function readSealed(db: Store): Promise<(row: Row) => boolean> {
  const [last] = await db.execute<{ xidTo: string; floor: string }>(
    sql`select xid_to::text as "xidTo", floor from audit_batches order by n desc limit 1`,
  );
  if (!last) return () => false;
  const [xidTo, floor] = [BigInt(last.xidTo), Number(last.floor)];
  return ({ id, xid }) => id <= floor || BigInt(xid) < xidTo;
}
