import { and, desc, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import type { Database, Transaction } from "../client.ts";
import type { Person } from "../findings/model.ts";
import { users } from "../identity/schema.ts";
import { type changeStatuses, type TriageAct, triageChanges } from "./schema.ts";

type Store = Database | Transaction;

/** A change of one finding or many, and how far it has come. */
export type TriageChange = {
  id: string;
  act: TriageAct;
  /** What was set, such as `{ assigneeId }` or `{ reason, until, exceptionId }`. */
  change: Record<string, unknown>;
  status: (typeof changeStatuses)[number];
  /** In the end `changed` and `skipped` add up to `matched`. */
  matched: number;
  changed: number;
  skipped: number;
  /** Null for Parapet itself. */
  actor: Person | null;
  /** Whether the reader asked for it. */
  own: boolean;
  /** The change that this one undoes, and the one that undoes this one. */
  undoes: string | null;
  undoneBy: string | null;
  /** Whether it is of a kind that can be undone, and nobody has yet. */
  undoable: boolean;
  error: string | null;
  createdAt: string;
  finishedAt: string | null;
};

/** What a manager decided, and what ended by its date, only a new act can change. */
export const undoableActs: readonly TriageAct[] = [
  "assign",
  "workflow",
  "due",
  "mute",
  "unmute",
  "ask_acceptance",
];

/** One change. Throws `not_found`, also for another organisation's, and for another's of accounts that can't be seen. */
export async function getChange(db: Store, scope: Scope, changeId: string): Promise<TriageChange> {
  scope.require("findings:read");
  const [found] = await selectChanges(db, scope, eq(triageChanges.id, changeId), 1);
  if (!found) throw new DomainError("not_found", "There is no such change.");
  return found;
}

/** Changes of the organisation that are under way, newest first. */
export async function listRunningChanges(db: Store, scope: Scope): Promise<TriageChange[]> {
  scope.require("findings:read");
  return selectChanges(db, scope, inArray(triageChanges.status, ["waiting", "running"]), 50);
}

async function selectChanges(db: Store, scope: Scope, which: SQL, limit: number): Promise<TriageChange[]> {
  const undoing = alias(triageChanges, "undoing");
  const rows = await db
    .select({ change: triageChanges, actor: { id: users.id, name: users.name }, undoneBy: undoing.id })
    .from(triageChanges)
    .leftJoin(users, and(eq(triageChanges.actorKind, "user"), eq(users.id, triageChanges.actorId)))
    .leftJoin(undoing, eq(undoing.undoes, triageChanges.id))
    .where(
      and(
        eq(triageChanges.organisationId, scope.organisationId),
        or(isOwn(scope), reachesOnlyVisible(scope)),
        which,
      ),
    )
    .orderBy(desc(triageChanges.createdAt), desc(triageChanges.id))
    .limit(limit);
  return rows.map(({ change: row, actor, undoneBy }) => {
    const { id, act, change, status, matched, changed, skipped, undoes, error, createdAt, finishedAt } = row;
    return {
      ...{ id, act, change, status, matched, changed, skipped, actor, undoes, undoneBy, error },
      own: row.actorKind === "user" && row.actorId === scope.actor.id,
      undoable: status === "done" && changed > 0 && undoneBy === null && undoableActs.includes(act),
      createdAt: createdAt.toISOString(),
      finishedAt: finishedAt?.toISOString() ?? null,
    };
  });
}

const isOwn = (scope: Scope): SQL | undefined =>
  and(eq(triageChanges.actorKind, scope.actor.kind), eq(triageChanges.actorId, scope.actor.id));

/** That a change touches no finding of an account that can't be seen. */
export const reachesOnlyVisible = (scope: Scope): SQL =>
  scope.accountIds === null
    ? sql`true`
    : sql`not exists (
        select from (select finding_id from finding_activity where change_id = ${triageChanges.id}
          union all select finding_id from triage_items where change_id = ${triageChanges.id}) touched
        join findings hidden on hidden.id = touched.finding_id
        where hidden.account_id not in (select jsonb_array_elements_text(${JSON.stringify(scope.accountIds)}::jsonb)))`;
