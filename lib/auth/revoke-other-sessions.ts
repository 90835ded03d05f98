import { and, eq, gt, isNull, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { sessions } from "#db/identity/schema.ts";
import type { AuditRecord } from "../audit/append.ts";
import { DomainError } from "../errors.ts";
import { defineMutation } from "../mutation.ts";

const RevokeOtherSessionsInput = z.object({
  /** The session that asks, which goes on. */
  keep: z.string().max(64),
});

/** Ends all of one's own sessions but the one that asks. Returns how many. */
export const revokeOtherSessions = defineMutation({
  permission: "sessions:own",
  act: { action: "session.revoke", kind: "session" },
  input: RevokeOtherSessionsInput,
  async run({ tx, scope, input }) {
    const own = and(
      eq(sessions.organisationId, scope.organisationId),
      eq(sessions.userId, scope.actor.id),
      isNull(sessions.revokedAt),
      gt(sessions.expiresAt, sql`now()`),
    );
    const [kept] = await tx
      .select({ id: sessions.id })
      .from(sessions)
      .where(and(own, eq(sessions.id, input.keep)));
    if (!kept) throw new DomainError("not_found", "There is no such session.");
    const ended = await tx
      .update(sessions)
      .set({ revokedAt: sql`now()` })
      .where(and(own, ne(sessions.id, input.keep)))
      .returning({ id: sessions.id });
    const records = ended.map(
      ({ id }): AuditRecord => ({
        action: "session.revoke",
        object: { kind: "session", id },
        after: { userId: scope.actor.id },
      }),
    );
    const [first, ...rest] = records;
    if (!first) throw new DomainError("conflict", "You are signed in nowhere else.");
    return { result: { revoked: ended.length }, audit: [first, ...rest] };
  },
});
