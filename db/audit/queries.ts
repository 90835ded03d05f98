import { and, desc, eq, or, sql } from "drizzle-orm";
import { tellPersonal } from "#lib/audit/personal/commitment.ts";
import { revealPersonal } from "#lib/audit/personal/reveal.ts";
import type { Scope } from "#lib/auth/scope.ts";
import type { Database, Transaction } from "../client.ts";
import { users } from "../identity/schema.ts";
import { auditEntries } from "./schema.ts";
import { requireTrail } from "./where.ts";

type Store = Database | Transaction;

/** One entry of the trail, as its readers see it. */
export type HistoryEntry = {
  id: number;
  /** ISO 8601. */
  at: string;
  /** A user's name, or the part of Parapet that acted. */
  actor: { kind: "user" | "system"; name: string };
  action: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

/** The newest entries about one object, newest first, with the personal data in them. */
export async function listHistory(
  db: Store,
  scope: Scope,
  object: { kind: string; id: string },
  limit = 50,
): Promise<HistoryEntry[]> {
  requireTrail(scope);
  const rows = await db
    .select({ entry: auditEntries, name: users.name })
    .from(auditEntries)
    .leftJoin(users, and(eq(auditEntries.actorKind, "user"), eq(users.id, auditEntries.actorId)))
    .where(
      and(
        eq(auditEntries.organisationId, scope.organisationId),
        eq(auditEntries.objectKind, object.kind),
        eq(auditEntries.objectId, object.id),
        // What was refused to somebody or went wrong by no name of its own changed nothing here.
        or(eq(auditEntries.result, "done"), sql`${auditEntries.after}::jsonb ->> 'code' is null`),
      ),
    )
    .orderBy(desc(auditEntries.id))
    .limit(limit);
  const revealed = await revealPersonal(
    db,
    scope.organisationId,
    rows.map(({ entry }) => entry),
  );
  return rows.map(({ entry, name }) => ({
    id: entry.id,
    at: entry.at.toISOString(),
    actor: { kind: entry.actorKind, name: name ?? entry.actorId },
    action: entry.action,
    before: tellPersonal(entry.before, revealed),
    after: tellPersonal(entry.after, revealed),
  }));
}
