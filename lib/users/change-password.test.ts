import { eq } from "drizzle-orm";
import { afterAll, beforeEach, expect, test } from "vitest";
import { createSession } from "#db/factories.ts";
import { findLiveSession } from "#db/identity/queries.ts";
import { signInFailures, userLinks } from "#db/identity/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { hashPassword, verifyPassword } from "../auth/password.ts";
import { Scope } from "../auth/scope.ts";
import { signInLimits } from "../auth/sign-in-limit.ts";
import { changePassword } from "./change-password.ts";
import { createPasswordReset } from "./send-link.ts";
import { createPeople, readTrail, readUser } from "./test-people.ts";

const { db, close } = await createTestDatabase();
afterAll(close);
beforeEach(() => db.delete(signInFailures));

const present = "a quiet harbour at dusk";
const next = "another harbour, at dawn";
const passwordHash = await hashPassword(present);

async function signedIn() {
  const people = await createPeople(db);
  const user = await people.join({ passwordHash });
  const [session, other] = [await createSession(db, { user }), await createSession(db, { user })];
  return { ...people, user, session, other, own: Scope.ofUser(user) };
}

test("another password ends the other sessions and links, and is audited without either", async () => {
  const { organisationId, scope, user, session, other, own } = await signedIn();
  await createPasswordReset(db, scope, { userId: user.id });
  const result = await changePassword(db, own, { present, next, sessionId: session.id });
  expect(result).toEqual({ sessionsEnded: 1 });
  const after = await readUser(db, user.id);
  expect(await verifyPassword(after.passwordHash, next)).toBe(true);
  expect(await findLiveSession(db, session.id, { sandbox: false })).not.toBeNull();
  expect(await findLiveSession(db, other.id, { sandbox: false })).toBeNull();
  const [link] = await db.select().from(userLinks).where(eq(userLinks.userId, user.id));
  expect(link && link.expiresAt.getTime() <= Date.now()).toBe(true);
  expect((await readTrail(db, organisationId)).at(-1)).toEqual({
    actor: user.id,
    action: "user.change_password",
    object: user.id,
    before: null,
    after: { sessionsEnded: 1 },
  });
});

test("a wrong present password, a weak one, and none at all change nothing", async () => {
  const { organisationId, join, user, session, own } = await signedIn();
  const sessionId = session.id;
  await expect(changePassword(db, own, { present: "wrong", next, sessionId })).rejects.toMatchObject({
    code: "invalid_input",
    fields: { present: "This is not your present password." },
  });
  await expect(changePassword(db, own, { present, next: "short", sessionId })).rejects.toMatchObject({
    code: "invalid_input",
    fields: { next: "Use at least 12 characters." },
  });
  const without = Scope.ofUser(await join());
  await expect(changePassword(db, without, { present, next, sessionId })).rejects.toMatchObject({
    code: "conflict",
  });
  expect(await readUser(db, user.id)).toEqual(user);
  expect(await readTrail(db, organisationId)).toEqual([
    {
      actor: user.id,
      action: "user.refuse_password_change",
      object: user.id,
      before: null,
      after: { reason: "wrong_password", limitReached: false },
    },
  ]);
});

test("guessing the present password is limited as signing in is", async () => {
  const { own, session } = await signedIn();
  const guess = (typed: string) => changePassword(db, own, { present: typed, next, sessionId: session.id });
  for (let i = 0; i < signInLimits.email; i++) {
    await expect(guess("wrong")).rejects.toMatchObject({ code: "invalid_input" });
  }
  await expect(guess(present)).rejects.toMatchObject({ code: "rate_limited" });
});
