import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database, Transaction } from "#db/client.ts";
import { findLiveSession } from "#db/identity/queries.ts";
import { sessions } from "#db/identity/schema.ts";
import { DomainError } from "../errors.ts";
import { defineMutation } from "../mutation.ts";
import { browserAt, Scope } from "./scope.ts";

const RevokeSessionInput = z.object({ sessionId: z.string().max(64) });

/** Ends one session at once: one's own, or, for who manages users, anyone's in the organisation. */
export const revokeSession = defineMutation({
  permission: "sessions:own",
  act: { action: "session.revoke", kind: "session", id: "sessionId" },
  input: RevokeSessionInput,
  async run({ tx, scope, input }) {
    const session = await endSession(tx, scope, input.sessionId);
    return {
      result: { sessionId: session.id },
      audit: {
        action: "session.revoke",
        object: { kind: "session", id: session.id },
        after: { userId: session.userId },
      },
    };
  },
});

/** Ends the session that asks. */
export const signOut = defineMutation({
  permission: "sessions:own",
  act: { action: "session.sign-out", kind: "session", id: "sessionId" },
  input: RevokeSessionInput,
  async run({ tx, scope, input }) {
    const session = await endSession(tx, scope, input.sessionId);
    return {
      result: { sessionId: session.id },
      audit: {
        action: "session.sign-out",
        object: { kind: "session", id: session.id },
        after: { userId: session.userId },
      },
    };
  },
});

/** Signs out whoever holds this session, if it still counts; for requests that prove no more than its id. */
export async function endSessionById(
  db: Database,
  served: { sandbox: boolean },
  sessionId: string,
  address: string | null = null,
): Promise<void> {
  const session = await findLiveSession(db, sessionId, served);
  if (session) await signOut(db, Scope.ofUser(session.user, browserAt(address)), { sessionId });
}

async function endSession(tx: Transaction, scope: Scope, sessionId: string) {
  const reach = and(
    eq(sessions.id, sessionId),
    eq(sessions.organisationId, scope.organisationId),
    scope.can("users:manage") ? undefined : eq(sessions.userId, scope.actor.id),
  );
  const [ended] = await tx
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(reach, isNull(sessions.revokedAt), gt(sessions.expiresAt, sql`now()`)))
    .returning({ id: sessions.id, userId: sessions.userId });
  if (ended) return ended;
  const [known] = await tx.select({ id: sessions.id }).from(sessions).where(reach);
  if (known) throw new DomainError("conflict", "That session has already ended.");
  throw new DomainError("not_found", "There is no such session.");
}
