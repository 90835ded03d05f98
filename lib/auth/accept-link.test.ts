import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, expect, test } from "vitest";
import { createSession } from "#db/factories.ts";
import { findLiveSession } from "#db/identity/queries.ts";
import { signInFailures, userLinks, users } from "#db/identity/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { disableUser } from "../users/disable-user.ts";
import { inviteUser } from "../users/invite-user.ts";
import { createPasswordReset, resendInvitation } from "../users/send-link.ts";
import { createPeople, readTrail, readUser } from "../users/test-people.ts";
import { acceptLink, readLink } from "./accept-link.ts";
import { hashPassword, verifyPassword } from "./password.ts";
import { signInWithPassword } from "./sign-in.ts";
import { signInLimits } from "./sign-in-limit.ts";

const { db, close } = await createTestDatabase();
afterAll(close);
beforeEach(() => db.delete(signInFailures));

const real = { sandbox: false };
const client = { address: "203.0.113.7", userAgent: "Vitest" };
const password = "a quiet harbour at dusk";
const spent = {
  code: "conflict",
  message: "This link has been used, has expired, or was never made. Ask your administrator for a new one.",
};

async function invite() {
  const people = await createPeople(db);
  const email = `ana-${crypto.randomUUID()}@example.test`;
  const input = { name: "Ana", email, role: "analyst" as const, visibility: { sees: "all" as const } };
  const { userId, link } = await inviteUser(db, people.scope, input);
  return { ...people, userId, email, token: link.token };
}

test("an invitation shows whose it is, sets a password, signs in and is used up", async () => {
  const { organisationId, userId, email, token } = await invite();
  expect(await readLink(db, real, token, client)).toEqual({
    kind: "invitation",
    name: "Ana",
    email,
    organisation: "Test organisation",
  });
  const { sessionId } = await acceptLink(db, real, { token, password }, client);
  expect((await findLiveSession(db, sessionId, real))?.user.id).toBe(userId);
  const user = await readUser(db, userId);
  expect(await verifyPassword(user.passwordHash, password)).toBe(true);
  expect(await signInWithPassword(db, real, { email, password }, client)).toMatch(/^ses_/);
  await expect(acceptLink(db, real, { token, password }, client)).rejects.toMatchObject(spent);
  await expect(readLink(db, real, token, client)).rejects.toMatchObject(spent);
  expect((await readTrail(db, organisationId)).slice(1, 3)).toEqual([
    {
      actor: userId,
      action: "session.sign-in",
      object: sessionId,
      before: null,
      after: { userId, method: "link", address: "203.0.113.7" },
    },
    {
      actor: userId,
      action: "user.set_password",
      object: userId,
      before: null,
      after: { by: "invitation", sessionsEnded: 0 },
    },
  ]);
});

test("a reset ends the sessions there are, and the password before", async () => {
  const { scope, userId, email, token } = await invite();
  const before = await acceptLink(db, real, { token, password }, client);
  const { link } = await createPasswordReset(db, scope, { userId });
  const next = "another harbour, at dawn";
  const { sessionId } = await acceptLink(db, real, { token: link.token, password: next }, client);
  expect(await findLiveSession(db, before.sessionId, real)).toBeNull();
  expect(await findLiveSession(db, sessionId, real)).not.toBeNull();
  await expect(signInWithPassword(db, real, { email, password }, client)).rejects.toMatchObject({
    code: "unauthenticated",
  });
});

test("whatever is wrong with a link, the answer is the same", async () => {
  const old = await invite();
  await resendInvitation(db, old.scope, { userId: old.userId });
  const late = await invite();
  await db
    .update(userLinks)
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where(eq(userLinks.userId, late.userId));
  const disabled = await invite();
  await disableUser(db, disabled.scope, { userId: disabled.userId, revision: 1 });
  const sandboxed = await invite();
  for (const [token, served] of [
    [old.token, real],
    [late.token, real],
    [disabled.token, real],
    [sandboxed.token, { sandbox: true }],
    ["never made", real],
    ["", real],
  ] as const) {
    await expect(readLink(db, served, token, client)).rejects.toMatchObject(spent);
    await expect(acceptLink(db, served, { token, password }, client)).rejects.toMatchObject(spent);
  }
  const hashes = await db
    .select({ hash: users.passwordHash })
    .from(users)
    .where(eq(users.organisationId, late.organisationId));
  expect(hashes.map(({ hash }) => hash).sort()).toEqual(["not a hash", null]);
});

test("a weak password leaves the link as it is, and counts as no failure", async () => {
  const { userId, token } = await invite();
  for (const weak of ["short", "password1234", "x".repeat(300)]) {
    await expect(acceptLink(db, real, { token, password: weak }, client)).rejects.toMatchObject({
      code: "invalid_input",
      fields: { password: expect.any(String) },
    });
  }
  const counted = await db.select({ failures: signInFailures.failures }).from(signInFailures);
  expect(counted.reduce((sum, { failures }) => sum + failures, 0)).toBe(0);
  await acceptLink(db, real, { token, password }, client);
  expect((await readUser(db, userId)).revision).toBe(2);
});

test("used twice at once, a link works once", async () => {
  const { token, userId } = await invite();
  const outcomes = await Promise.allSettled(
    [password, "another harbour, at dawn"].map((each) =>
      acceptLink(db, real, { token, password: each }, client),
    ),
  );
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: spent });
  expect((await readUser(db, userId)).revision).toBe(2);
});

test("wrong links from one address are limited as sign-ins are, and a good one has to wait as well", async () => {
  const { token } = await invite();
  for (let i = 0; i < signInLimits.address; i++) {
    await expect(readLink(db, real, "never made", client)).rejects.toMatchObject(spent);
  }
  const limited = { code: "rate_limited" };
  await expect(readLink(db, real, token, client)).rejects.toMatchObject(limited);
  await expect(acceptLink(db, real, { token, password }, client)).rejects.toMatchObject(limited);
  const other = { ...client, address: "203.0.113.8" };
  expect(await acceptLink(db, real, { token, password }, other)).toEqual({ sessionId: expect.any(String) });
});

test("a link and shutting its user out at once end in one order or the other", async () => {
  const { token, userId, scope } = await invite();
  const user = await readUser(db, userId);
  await createSession(db, { user });
  await db
    .update(users)
    .set({ passwordHash: await hashPassword(password) })
    .where(eq(users.id, userId));
  await Promise.allSettled([
    acceptLink(db, real, { token, password }, client),
    disableUser(db, scope, { userId, revision: 1 }),
  ]);
  // Whichever came first, the other was told: by the link's answer, or by the revision that it had seen.
  expect((await readUser(db, userId)).revision).toBe(2);
});
