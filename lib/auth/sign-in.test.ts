import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, expect, test } from "vitest";
import { createOrganisation, createUser } from "#db/factories.ts";
import { sessions, signInFailures } from "#db/identity/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { readTestTrail } from "../audit/test-trail.ts";
import { hashPassword } from "./password.ts";
import { signInAsPersona, signInWithPassword } from "./sign-in.ts";
import { countAttempt, signInLimits } from "./sign-in-limit.ts";

const { db, close } = await createTestDatabase();
afterAll(close);
beforeEach(() => db.delete(signInFailures));

const real = { sandbox: false };
const sandbox = { sandbox: true };
const client = { address: "203.0.113.7", userAgent: "Vitest" };
const password = "a quiet harbour at dusk";
const passwordHash = await hashPassword(password);
const wrong = { code: "unauthenticated", message: "E-mail or password is not right." };

async function trail(organisationId: string) {
  return (await readTestTrail(db, organisationId)).map(({ actorKind, actorId, action, objectId, after }) => ({
    actorKind,
    actorId,
    action,
    objectId,
    after,
  }));
}

test("the right password opens a session and is audited", async () => {
  const user = await createUser(db, { passwordHash });
  const id = await signInWithPassword(db, real, { email: user.email.toUpperCase(), password }, client);
  const [session] = await db.select().from(sessions).where(eq(sessions.id, id));
  expect(session).toEqual({
    id,
    organisationId: user.organisationId,
    userId: user.id,
    createdAt: expect.any(Date),
    lastSeenAt: expect.any(Date),
    expiresAt: expect.any(Date),
    revokedAt: null,
    ip: "203.0.113.7",
    userAgent: "Vitest",
  });
  expect(Number(session?.expiresAt) - Number(session?.createdAt)).toBe(7 * 86_400_000);
  expect(await trail(user.organisationId)).toEqual([
    {
      actorKind: "user",
      actorId: user.id,
      action: "session.sign-in",
      objectId: id,
      after: { userId: user.id, method: "password", address: "203.0.113.7" },
    },
  ]);
  const [entry] = await readTestTrail(db, user.organisationId);
  expect({ origin: entry?.origin, result: entry?.result }).toEqual({
    origin: { via: "browser", address: client.address },
    result: "done",
  });
});

test("whatever is wrong, the answer is the same, and the trail knows which", async () => {
  // The trail of unknown e-mails is the oldest real organisation's.
  const { id: organisationId } = await createOrganisation(db, { createdAt: new Date(0) });
  const user = await createUser(db, { passwordHash, organisationId });
  const disabled = await createUser(db, { passwordHash, organisationId, disabledAt: new Date() });
  for (const credentials of [
    { email: user.email, password: "some other password" },
    { email: "nobody@example.test", password },
    { email: disabled.email, password },
    { email: user.email, password: "x".repeat(300) },
    { email: user.email },
    {},
  ]) {
    await expect(signInWithPassword(db, real, credentials, client)).rejects.toMatchObject(wrong);
  }
  expect((await trail(organisationId)).map(({ objectId, after }) => ({ objectId, after }))).toEqual([
    refused(user.id, "wrong_password"),
    refused("unknown", "unknown_user"),
    refused(disabled.id, "disabled"),
  ]);
  expect(await db.select().from(sessions).where(eq(sessions.organisationId, organisationId))).toEqual([]);
});

const refused = (objectId: string, reason: string, limitReached = false) => ({
  objectId,
  after: { reason, address: "203.0.113.7", limitReached },
});

test("after ten failures an e-mail waits, right password or not, and the last of them says so", async () => {
  const user = await createUser(db, { passwordHash });
  const tryWith = (typed: string) =>
    signInWithPassword(db, real, { email: user.email, password: typed }, client);
  for (let i = 0; i < signInLimits.email; i++) await expect(tryWith("wrong")).rejects.toMatchObject(wrong);
  const limited = {
    code: "rate_limited",
    message: expect.stringMatching(/Wait 1[45] minutes, then try again\.$/),
  };
  await expect(tryWith(password)).rejects.toMatchObject(limited);
  await expect(tryWith(password)).rejects.toMatchObject(limited);
  const entries = await trail(user.organisationId);
  expect(entries.map((entry) => entry.after)).toEqual([
    ...Array.from({ length: 9 }, () => refused(user.id, "wrong_password").after),
    refused(user.id, "wrong_password", true).after,
  ]);

  // The refused tries added nothing to the wait: once the failures are old enough, the password is heard again.
  await db.update(signInFailures).set({ minute: sql`${signInFailures.minute} - interval '15 minutes'` });
  expect(await tryWith(password)).toMatch(/^ses_/);
});

test("a success clears its e-mail, and takes back its own count only from the address", async () => {
  const user = await createUser(db, { passwordHash });
  for (let i = 0; i < 3; i++) {
    await expect(
      signInWithPassword(db, real, { email: user.email, password: "wrong" }, client),
    ).rejects.toMatchObject(wrong);
  }
  await signInWithPassword(db, real, { email: user.email, password }, client);
  const rows = await db
    .select({ key: signInFailures.key, failures: signInFailures.failures })
    .from(signInFailures);
  expect(rows.every(({ key }) => key === "address:203.0.113.7")).toBe(true);
  expect(rows.reduce((sum, { failures }) => sum + failures, 0)).toBe(3);
});

test("an address is limited over all e-mails, another address is not", async () => {
  await db.insert(signInFailures).values({
    key: "address:203.0.113.7",
    minute: sql`date_trunc('minute', now())`,
    failures: signInLimits.address,
  });
  const attempt = { email: "someone@example.test", address: "203.0.113.7" };
  await expect(countAttempt(db, attempt)).rejects.toMatchObject({ code: "rate_limited" });
  expect(await countAttempt(db, { ...attempt, address: "203.0.113.8" })).toEqual({ last: false });
});

test("of fifty tries at once exactly as many as the limit get through", async () => {
  const attempt = { email: "race@example.test", address: null };
  const tries = await Promise.allSettled(Array.from({ length: 50 }, () => countAttempt(db, attempt)));
  const through = tries.filter((one) => one.status === "fulfilled").length;
  expect(through).toBe(signInLimits.email);
});

test("failures an hour old are forgotten", async () => {
  await db
    .insert(signInFailures)
    .values({ key: "address:198.51.100.1", minute: sql`date_trunc('minute', now() - interval '2 hours')` });
  await countAttempt(db, { email: "someone@example.test", address: null });
  const keys = await db.select({ key: signInFailures.key }).from(signInFailures);
  expect(keys.map(({ key }) => key.split(":")[0])).toEqual(["email"]);
});

test("a persona signs in at one click in sandbox mode, and is audited", async () => {
  const { id: organisationId } = await createOrganisation(db, { sandbox: true });
  const persona = await createUser(db, { organisationId, persona: true, role: "ciso" });
  const id = await signInAsPersona(db, sandbox, { persona: persona.id }, client);
  expect(await trail(organisationId)).toEqual([
    {
      actorKind: "user",
      actorId: persona.id,
      action: "session.sign-in",
      objectId: id,
      after: { userId: persona.id, method: "persona", address: "203.0.113.7" },
    },
  ]);
});

test("a persona is refused outside sandbox mode, as is any user who is none", async () => {
  const { id: organisationId } = await createOrganisation(db, { sandbox: true });
  const persona = await createUser(db, { organisationId, persona: true });
  const ordinary = await createUser(db, { organisationId, passwordHash });
  const stray = await createUser(db, { persona: true });
  const refusal = { code: "unauthenticated" };
  await expect(signInAsPersona(db, real, { persona: persona.id }, client)).rejects.toMatchObject(refusal);
  await expect(signInAsPersona(db, sandbox, { persona: ordinary.id }, client)).rejects.toMatchObject(refusal);
  await expect(signInAsPersona(db, sandbox, { persona: stray.id }, client)).rejects.toMatchObject(refusal);
  await expect(signInAsPersona(db, sandbox, { persona: "usr_none" }, client)).rejects.toMatchObject(refusal);
  await expect(signInAsPersona(db, sandbox, {}, client)).rejects.toMatchObject(refusal);
  // Nor does a password open the sandbox, or one of its users a real installation.
  const credentials = { email: ordinary.email, password };
  await expect(signInWithPassword(db, sandbox, credentials, client)).rejects.toMatchObject(wrong);
  await expect(signInWithPassword(db, real, credentials, client)).rejects.toMatchObject(wrong);
  expect(await db.select().from(sessions).where(eq(sessions.organisationId, organisationId))).toEqual([]);
});
