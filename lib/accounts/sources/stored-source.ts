import { and, eq, sql } from "drizzle-orm";
import { accountSources } from "#db/accounts/schema.ts";
import type { Transaction } from "#db/client.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import { visibleConnection } from "../visible-connection.ts";

export type SourceRow = typeof accountSources.$inferSelect;

/**
 * Holds a source's row until the transaction ends. Throws `not_found`, also for another organisation's and for whoever
 * sees only some accounts.
 */
export async function lockSource(tx: Transaction, scope: Scope, sourceId: string): Promise<SourceRow> {
  const [source] = await tx
    .select()
    .from(accountSources)
    .where(and(eq(accountSources.id, sourceId), eq(accountSources.organisationId, scope.organisationId)))
    .for("no key update");
  if (!source || scope.accountIds) throw new DomainError("not_found", "There is no such source.");
  return source;
}

/** Changes a source that is held, and counts the change. */
export async function changeSource(
  tx: Transaction,
  source: SourceRow,
  set: Partial<typeof accountSources.$inferInsert>,
): Promise<SourceRow> {
  const [changed] = await tx
    .update(accountSources)
    .set({ ...set, revision: sql`${accountSources.revision} + 1` })
    .where(and(eq(accountSources.id, source.id), eq(accountSources.revision, source.revision)))
    .returning();
  if (!changed) throw new DomainError("conflict", "Nothing was changed: somebody else changed the source.");
  return changed;
}

/** Throws `conflict` when the source has changed since the caller saw it. */
export function checkSourceRevision(source: SourceRow, seen: number): void {
  if (source.revision === seen) return;
  throw new DomainError(
    "conflict",
    `Nothing was changed: somebody else changed ${source.name} meanwhile. Look at it again, and repeat what you meant.`,
  );
}

type Recorded = Omit<SourceRow, "id" | "organisationId" | "lastSync" | "revision" | "createdAt">;

/** What the audit trail keeps of a source: these fields and no others, and of its secrets the names alone. */
export function sourceRecord(source: Recorded, secrets: readonly string[]): Record<string, unknown> {
  const { cloud, name, connection, template, autoConnect, environment } = source;
  const { scanSchedule, schedule, scheduleTimeZone } = source;
  return {
    ...{ cloud, name, template, autoConnect, environment, scanSchedule, schedule, scheduleTimeZone },
    connection: visibleConnection(connection),
    secrets: [...secrets].sort(),
  };
}
