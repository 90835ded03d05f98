import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { sessions, users } from "#db/identity/schema.ts";
import { appendAudit } from "../audit/append.ts";
import { hashPassword, verifyPassword } from "../auth/password.ts";
import { passwordMaxLength, passwordWeakness } from "../auth/password-rule.ts";
import type { Scope } from "../auth/scope.ts";
import { countAttempt, forgiveAttempt } from "../auth/sign-in-limit.ts";
import { DomainError } from "../errors.ts";
import { defineMutation } from "../mutation.ts";
import { holdSelf, refusePersona } from "./hold-user.ts";
import { voidLinks } from "./user-links.ts";

export const ChangePasswordInput = z.strictObject({
  present: z.string().max(passwordMaxLength),
  next: z.string().max(1_000),
  /** The session that asks, which goes on. */
  sessionId: z.string().max(64).regex(/^\w*$/),
});

const refuse = (field: string, message: string): DomainError =>
  new DomainError("invalid_input", `Nothing was changed. ${message}`, { fields: { [field]: message } });

/** Sets another password of one's own, and ends one's other sessions; the present password is asked for. */
export const setOwnPassword = defineMutation({
  permission: "sessions:own",
  act: { action: "user.change_password", kind: "user", id: ({ actor }) => actor.id },
  input: ChangePasswordInput,
  async run({ tx, scope, input }) {
    const user = await holdSelf(tx, scope);
    refusePersona(user);
    if (user.passwordHash === null) {
      throw new DomainError(
        "conflict",
        "You sign in through the identity provider and have no password here.",
      );
    }
    if (!(await verifyPassword(user.passwordHash, input.present))) {
      throw refuse("present", "This is not your present password.");
    }
    const weakness = passwordWeakness(input.next, user);
    if (weakness) throw refuse("next", weakness);
    await tx
      .update(users)
      .set({ passwordHash: await hashPassword(input.next), revision: user.revision + 1 })
      .where(eq(users.id, user.id));
    const ended = await tx
      .update(sessions)
      .set({ revokedAt: sql`now()` })
      .where(
        and(
          eq(sessions.userId, user.id),
          ne(sessions.id, input.sessionId),
          isNull(sessions.revokedAt),
          sql`${sessions.expiresAt} > now()`,
        ),
      )
      .returning({ id: sessions.id });
    // A link made for a password that was lost is of no use to the right person now.
    await voidLinks(tx, scope.organisationId, user.id);
    await forgiveAttempt(tx, { email: user.email, address: null });
    return {
      result: { sessionsEnded: ended.length },
      audit: {
        action: "user.change_password",
        object: { kind: "user", id: user.id },
        after: { sessionsEnded: ended.length },
      },
    };
  },
});

/**
 * As `setOwnPassword`, with tries counted as those to sign in are: whoever finds a browser left open must not guess the
 * password by it. A wrong one is written to the trail.
 */
export async function changePassword(
  db: Database,
  scope: Scope,
  input: z.input<typeof ChangePasswordInput>,
): Promise<{ sessionsEnded: number }> {
  scope.require("sessions:own");
  const [self] = await db.select({ email: users.email }).from(users).where(eq(users.id, scope.actor.id));
  if (!self) throw new DomainError("not_found", "There is no such user.");
  const { last } = await countAttempt(db, { email: self.email, address: null });
  try {
    return await setOwnPassword(db, scope, input);
  } catch (error) {
    if (error instanceof DomainError && error.fields.present !== undefined) {
      await db.transaction((tx) =>
        appendAudit(tx, scope, {
          action: "user.refuse_password_change",
          object: { kind: "user", id: scope.actor.id },
          result: "refused",
          after: { reason: "wrong_password", limitReached: last },
        }),
      );
    }
    throw error;
  }
}
