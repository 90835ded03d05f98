import { z } from "zod";
import type { Database } from "#db/client.ts";
import { findUserByEmail, findUserById } from "#db/identity/queries.ts";
import { DomainError } from "../errors.ts";
import { type Client, openSession } from "./open-session.ts";
import { verifyPassword } from "./password.ts";
import { passwordMaxLength } from "./password-rule.ts";
import { recordRefusal } from "./record-refusal.ts";
import { countAttempt, forgiveAttempt } from "./sign-in-limit.ts";

const PasswordInput = z.object({
  email: z.string().trim().min(3).max(254),
  password: z.string().min(1).max(passwordMaxLength),
});

/**
 * Signs in by e-mail and password; returns the new session's id. Whatever is wrong with them, the answer and the work
 * done for it are the same, so that nobody learns who has an account. Throws `unauthenticated` or `rate_limited`.
 */
export async function signInWithPassword(
  db: Database,
  served: { sandbox: boolean },
  credentials: Record<string, unknown>,
  client: Client,
): Promise<string> {
  const parsed = PasswordInput.safeParse(credentials);
  if (!parsed.success) throw wrongCredentials();
  const { email, password } = parsed.data;
  const attempt = { email, address: client.address };
  const { last } = await countAttempt(db, attempt);
  const user = served.sandbox ? null : await findUserByEmail(db, email);
  const right = await verifyPassword(user?.passwordHash ?? null, password);
  if (user && right && !user.disabled && user.sandbox === served.sandbox) {
    return db.transaction(async (tx) => {
      await forgiveAttempt(tx, attempt);
      return openSession(tx, user, "password", client);
    });
  }
  const why = served.sandbox
    ? "in_sandbox_mode"
    : user === null
      ? "unknown_user"
      : right
        ? "disabled"
        : "wrong_password";
  await db.transaction((tx) => recordRefusal(tx, served, user, { reason: why, client, limitReached: last }));
  throw wrongCredentials();
}

/**
 * Signs in as one of the sandbox's personas, which have no password: for an installation in sandbox mode alone, where
 * the server listens on loopback. Returns the new session's id. Throws `unauthenticated`.
 */
export async function signInAsPersona(
  db: Database,
  served: { sandbox: boolean },
  credentials: Record<string, unknown>,
  client: Client,
): Promise<string> {
  const parsed = z.object({ persona: z.string().max(64) }).safeParse(credentials);
  const user = parsed.success ? await findUserById(db, parsed.data.persona) : null;
  if (served.sandbox && user?.persona && user.sandbox && !user.disabled) {
    return db.transaction((tx) => openSession(tx, user, "persona", client));
  }
  const why = !served.sandbox ? "not_in_sandbox_mode" : user?.disabled ? "disabled" : "unknown_user";
  await db.transaction((tx) => recordRefusal(tx, served, user, { reason: why, client, limitReached: false }));
  throw new DomainError("unauthenticated", "There is no such persona to sign in as. Reload the page.");
}

const wrongCredentials = () => new DomainError("unauthenticated", "E-mail or password is not right.");
