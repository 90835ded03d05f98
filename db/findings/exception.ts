import { and, eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Scope } from "#lib/auth/scope.ts";
import type { Store } from "../client.ts";
import { users } from "../identity/schema.ts";
import { findingExceptions } from "../triage/schema.ts";
import type { FindingException } from "./model.ts";

const asker = alias(users, "asker");
const decider = alias(users, "decider");

/** A mute or an acceptance with who asked for it and who decided; null when there is none with this id. */
export async function readException(
  db: Store,
  scope: Scope,
  exceptionId: string,
): Promise<FindingException | null> {
  const [row] = await db
    .select({
      exception: findingExceptions,
      askedBy: { id: asker.id, name: asker.name },
      decidedBy: { id: decider.id, name: decider.name },
    })
    .from(findingExceptions)
    .innerJoin(asker, eq(asker.id, findingExceptions.askedBy))
    .leftJoin(decider, eq(decider.id, findingExceptions.decidedBy))
    .where(
      and(eq(findingExceptions.organisationId, scope.organisationId), eq(findingExceptions.id, exceptionId)),
    );
  if (!row) return null;
  const { id, kind, status, reason, until, askedAt, decidedAt, decisionNote } = row.exception;
  return {
    id,
    kind,
    status,
    reason,
    until: until.toISOString(),
    askedBy: row.askedBy,
    askedAt: askedAt.toISOString(),
    decidedBy: row.decidedBy,
    decidedAt: decidedAt?.toISOString() ?? null,
    decisionNote,
  };
}
