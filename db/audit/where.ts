import { and, eq, gte, inArray, like, lt, or, type SQL, sql } from "drizzle-orm";
import type { AuditFilter } from "#lib/audit/filter.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import type { Store } from "../client.ts";
import { auditEntries } from "./schema.ts";

/** Lets through who may read the trail. It is the whole organisation's: nobody who sees only some accounts may. */
export function requireTrail(scope: Scope): void {
  // Whoever may take it away may read it: a token for exports alone needs no other permission.
  if (!scope.can("audit:export")) scope.require("audit:read");
  if (scope.accountIds === null) return;
  throw new DomainError(
    "forbidden",
    "The audit trail is about every account, and you see only some. Ask an administrator for what you need of it.",
  );
}

/**
 * Conditions on `audit_entries`, each of which an index serves: an entry meets the filter when it meets any of them. None
 * where nothing can.
 */
export async function branchesOf(db: Store, scope: Scope, filter: AuditFilter): Promise<SQL[]> {
  const base = and(
    eq(auditEntries.organisationId, scope.organisationId),
    filter.from === null ? undefined : gte(auditEntries.at, new Date(filter.from)),
    filter.to === null ? undefined : lt(auditEntries.at, new Date(filter.to)),
    oneOf(sql`${auditEntries.actorId}`, filter.actors),
    filter.correlationId === null ? undefined : eq(auditEntries.correlationId, filter.correlationId),
    resultIs(filter),
    filter.actions.length === 0 ? undefined : or(...filter.actions.map(actionIs)),
    filter.objectKind === null ? undefined : eq(auditEntries.objectKind, filter.objectKind),
    filter.objectId === null ? undefined : eq(auditEntries.objectId, filter.objectId),
  );
  const { text, objectKind, objectId } = filter;
  const byId = objectId !== null || text !== "";
  // The index on objects begins with their kind.
  const kinds = byId && objectKind === null ? await listKinds(db, scope) : null;
  const ofKnownKind = kinds === null ? undefined : inArray(auditEntries.objectKind, kinds);
  if (text === "") {
    const all = and(base, ofKnownKind);
    return all && kinds?.length !== 0 ? [all] : [];
  }
  const actions = await listActions(db, scope, text.toLowerCase());
  const byAction = and(base, inArray(auditEntries.action, actions));
  const byObject = and(base, ofKnownKind, like(auditEntries.objectId, `${literally(text)}%`));
  return [
    ...(byAction && actions.length > 0 ? [byAction] : []),
    ...(byObject && kinds?.length !== 0 ? [byObject] : []),
  ];
}

/** The filter as one condition. */
export async function conditionOf(db: Store, scope: Scope, filter: AuditFilter): Promise<SQL> {
  return or(...(await branchesOf(db, scope, filter))) ?? sql`false`;
}

/** What a text means in LIKE when nothing in it is a wildcard. */
const literally = (text: string) => text.replace(/[\\%_]/g, "\\$&");

/** Trouble is spelt as the partial index has it, or the planner doesn't know that it may use it. */
function resultIs({ results }: Pick<AuditFilter, "results">): SQL | undefined {
  if (results.length === 0) return undefined;
  const among = oneOf(sql`${auditEntries.result}`, results);
  return results.includes("done") ? among : and(sql`${auditEntries.result} <> 'done'`, among);
}

function oneOf(column: SQL, values: readonly string[]): SQL | undefined {
  const [only, ...others] = values;
  if (only === undefined) return undefined;
  return others.length === 0 ? sql`${column} = ${only}` : inArray(column, [...values]);
}

/** An action in full, or all of a thing. */
const actionIs = (wanted: string): SQL =>
  wanted.endsWith(".*")
    ? like(auditEntries.action, `${literally(wanted.slice(0, -1))}%`)
    : eq(auditEntries.action, wanted);

/** The actions of the organisation's entries that hold a text: read from one to the next, however many entries there are. */
async function listActions(db: Store, { organisationId }: Scope, part: string): Promise<string[]> {
  const rows = await db.execute<{ action: string }>(sql`
    with recursive known as (
      (select action from audit_entries where organisation_id = ${organisationId} order by action using ~<~ limit 1)
      union all
      select (
        select action from audit_entries e where e.organisation_id = ${organisationId} and e.action ~>~ known.action
        order by action using ~<~ limit 1)
      from known where known.action is not null
    )
    select action from known where action is not null`);
  return rows.map(({ action }) => action).filter((action) => action.toLowerCase().includes(part));
}

/** The kinds of objects that the organisation's entries are about. */
async function listKinds(db: Store, { organisationId }: Scope): Promise<string[]> {
  const rows = await db.execute<{ kind: string }>(sql`
    with recursive known as (
      (select object_kind as kind from audit_entries where organisation_id = ${organisationId} order by object_kind limit 1)
      union all
      select (
        select object_kind from audit_entries e where e.organisation_id = ${organisationId} and e.object_kind > known.kind
        order by object_kind limit 1)
      from known where known.kind is not null
    )
    select kind from known where kind is not null`);
  return rows.map(({ kind }) => kind);
}
