import { and, eq, gte, inArray, like, lt, or, type SQL, sql } from "drizzle-orm";
import type { AuditFilter } from "#lib/audit/filter.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import { auditEntries } from "./schema.ts";

/** Lets through who may read the trail. It is the whole organisation's: nobody who sees only some accounts may. */
export function requireTrail(scope: Scope): void {
  scope.require("audit:read");
  if (scope.accountIds === null) return;
  throw new DomainError(
    "forbidden",
    "The audit trail is about every account, and you see only some. Ask an administrator for what you need of it.",
  );
}

/** What a text means in LIKE when nothing in it is a wildcard. */
const literally = (text: string) => text.replace(/[\\%_]/g, "\\$&");

/** The entries of the organisation that meet a filter, but for its actions, which `actionsOf` resolves. */
export function whereOf(scope: Scope, filter: Omit<AuditFilter, "actions" | "text">): SQL | undefined {
  return and(
    eq(auditEntries.organisationId, scope.organisationId),
    filter.from === null ? undefined : gte(auditEntries.at, new Date(filter.from)),
    filter.to === null ? undefined : lt(auditEntries.at, new Date(filter.to)),
    oneOf(auditEntries.actorId, filter.actors),
    filter.objectKind === null ? undefined : eq(auditEntries.objectKind, filter.objectKind),
    filter.objectId === null ? undefined : eq(auditEntries.objectId, filter.objectId),
    filter.correlationId === null ? undefined : eq(auditEntries.correlationId, filter.correlationId),
    resultIs(filter),
  );
}

/** Trouble is spelt as the partial index has it, or the planner doesn't know that it may use it. */
function resultIs({ results }: Pick<AuditFilter, "results">): SQL | undefined {
  if (results.length === 0) return undefined;
  const among = oneOf(auditEntries.result, results);
  return results.includes("done") ? among : and(sql`${auditEntries.result} <> 'done'`, among);
}

function oneOf(column: typeof auditEntries.actorId | typeof auditEntries.result, values: readonly string[]) {
  const [only, ...others] = values;
  if (only === undefined) return undefined;
  return others.length === 0 ? sql`${column} = ${only}` : inArray(sql`${column}`, [...values]);
}

/** An action in full, or all of a thing. */
export const actionIs = (wanted: string): SQL =>
  wanted.endsWith(".*")
    ? like(auditEntries.action, `${literally(wanted.slice(0, -1))}%`)
    : eq(auditEntries.action, wanted);

export const objectBegins = (text: string): SQL => like(auditEntries.objectId, `${literally(text)}%`);

export const actionContains = (text: string): SQL =>
  like(auditEntries.action, `%${literally(text.toLowerCase())}%`);

/** First version: every clause in one condition. */
export const conditionOf = (scope: Scope, filter: AuditFilter): SQL | undefined =>
  and(
    whereOf(scope, filter),
    filter.actions.length === 0 ? undefined : or(...filter.actions.map(actionIs)),
    filter.text === "" ? undefined : or(actionContains(filter.text), objectBegins(filter.text)),
  );
