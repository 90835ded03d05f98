import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { Store } from "../client.ts";
import { users } from "../identity/schema.ts";
import { findingActivity, findingComments, triageChanges } from "../triage/schema.ts";
import type { Person, TimelineEntry } from "./model.ts";
import { findingTransitions } from "./schema.ts";

/** Entries at most: the newest. */
const most = 500;

const mention = /@\[(usr_[\w-]{1,76})\]/g;

/** What happened to a finding, oldest first. The caller has seen to it that the scope may see the finding. */
export async function readTimeline(db: Store, scope: Scope, findingId: string): Promise<TimelineEntry[]> {
  const [transitions, changes, comments] = await Promise.all([
    readTransitions(db, scope, findingId),
    readChanges(db, scope, findingId),
    readComments(db, scope, findingId),
  ]);
  const nameOf = await readPeople(db, scope, [
    ...changes.flatMap(({ actorKind, actorId, before, after }) => [
      ...(actorKind === "user" ? [actorId] : []),
      ...usersIn(before),
      ...usersIn(after),
    ]),
    ...comments.flatMap(({ authorId, body }) => [authorId, ...mentionsIn(body)]),
  ]);
  const person = (id: string): Person => ({ id, name: nameOf.get(id) ?? "" });
  const entries: TimelineEntry[] = [
    ...transitions.map(({ at, ...rest }) => ({ type: "transition" as const, ...rest, at: at.toISOString() })),
    ...changes.map(({ actorKind, actorId, at, ...rest }) => ({
      type: "change" as const,
      ...rest,
      actor: actorKind === "user" ? person(actorId) : null,
      people: [...new Set([...usersIn(rest.before), ...usersIn(rest.after)])].map(person),
      at: at.toISOString(),
    })),
    ...comments.map(({ id, authorId, body, createdAt, editedAt, deletedAt }) => ({
      type: "comment" as const,
      id,
      author: person(authorId),
      body,
      mentions: [...new Set(mentionsIn(body))].filter((user) => nameOf.has(user)).map(person),
      at: createdAt.toISOString(),
      editedAt: editedAt?.toISOString() ?? null,
      deletedAt: deletedAt?.toISOString() ?? null,
    })),
  ];
  // Sorting is stable: of the same moment, what scans did comes before what people did.
  return entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).slice(-most);
}

const readTransitions = (db: Store, scope: Scope, findingId: string) =>
  db
    .select({
      id: findingTransitions.id,
      scanId: findingTransitions.scanId,
      kind: findingTransitions.kind,
      reason: findingTransitions.reason,
      at: findingTransitions.at,
    })
    .from(findingTransitions)
    .where(
      and(
        eq(findingTransitions.organisationId, scope.organisationId),
        eq(findingTransitions.findingId, findingId),
      ),
    )
    .orderBy(desc(findingTransitions.at), desc(findingTransitions.id))
    .limit(most);

const readChanges = (db: Store, scope: Scope, findingId: string) =>
  db
    .select({
      id: findingActivity.changeId,
      act: triageChanges.act,
      actorKind: triageChanges.actorKind,
      actorId: triageChanges.actorId,
      before: findingActivity.before,
      after: findingActivity.after,
      undone: sql<boolean>`exists (select 1 from ${triageChanges} undoing where undoing.undoes = ${triageChanges.id})`,
      at: findingActivity.at,
    })
    .from(findingActivity)
    .innerJoin(triageChanges, eq(triageChanges.id, findingActivity.changeId))
    .where(
      and(eq(findingActivity.organisationId, scope.organisationId), eq(findingActivity.findingId, findingId)),
    )
    .orderBy(desc(findingActivity.at), desc(findingActivity.changeId))
    .limit(most);

const readComments = (db: Store, scope: Scope, findingId: string) =>
  db
    .select()
    .from(findingComments)
    .where(
      and(eq(findingComments.organisationId, scope.organisationId), eq(findingComments.findingId, findingId)),
    )
    .orderBy(desc(findingComments.createdAt), desc(findingComments.id))
    .limit(most);

const mentionsIn = (body: string): string[] => [...body.matchAll(mention)].flatMap(([, id]) => id ?? []);

/** Ids of users among what a change set. */
const usersIn = (values: Record<string, unknown>): string[] =>
  Object.values(values).filter(
    (value): value is string => typeof value === "string" && value.startsWith("usr_"),
  );

async function readPeople(db: Store, scope: Scope, ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(and(eq(users.organisationId, scope.organisationId), inArray(users.id, wanted)));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
