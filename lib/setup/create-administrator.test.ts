import { and, asc, eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { auditEntries } from "#db/audit/schema.ts";
import { createOrganisation, createScope, createUser } from "#db/factories.ts";
import { sessions, setupTokens, users } from "#db/identity/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { verifyPassword } from "#lib/auth/password.ts";
import { Scope } from "#lib/auth/scope.ts";
import { createAdministrator, createAdministratorByLink } from "./create-administrator.ts";
import { hashSetupToken, issueSetupToken, readSetupToken } from "./setup-token.ts";

const { db, close } = await createTestDatabase();
afterAll(close);

const client = { address: "203.0.113.7", userAgent: "Vitest" };
const spent = {
  code: "conflict",
  message: "This link has been used or has expired. Start Parapet again for a new one.",
};

async function issue() {
  const { id: organisationId } = await createOrganisation(db);
  const scope = Scope.ofSystem(organisationId, "setup");
  const { token } = await issueSetupToken(db, scope, {});
  const input = {
    token,
    organisationName: "Harbour Ltd",
    name: "Maria Okafor",
    email: `maria@${organisationId.replace("_", "-")}.example`,
    password: "a quiet harbour at dusk",
  };
  return { organisationId, scope, token, input };
}

const usersOf = (organisationId: string) =>
  db.select().from(users).where(eq(users.organisationId, organisationId));

test("a link creates the administrator, signs in, and is audited", async () => {
  const { organisationId, token, input } = await issue();
  const { userId, sessionId } = await createAdministratorByLink(db, input, client);
  const [user] = await usersOf(organisationId);
  expect(user).toEqual({
    id: userId,
    organisationId,
    email: input.email,
    name: "Maria Okafor",
    role: "admin",
    passwordHash: expect.stringMatching(/^\$argon2id\$/),
    persona: false,
    revision: 1,
    seesAllAccounts: true,
    disabledAt: null,
    createdAt: expect.any(Date),
  });
  expect(await verifyPassword(user?.passwordHash ?? null, input.password)).toBe(true);
  const [session] = await db.select().from(sessions).where(eq(sessions.id, sessionId));
  expect(session).toMatchObject({ userId, organisationId, ip: "203.0.113.7", revokedAt: null });
  expect(await readSetupToken(db, token)).toEqual({ state: "used", organisationId });
  const trail = await db
    .select({ action: auditEntries.action, actor: auditEntries.actorId, objectId: auditEntries.objectId })
    .from(auditEntries)
    .where(eq(auditEntries.organisationId, organisationId))
    .orderBy(asc(auditEntries.id));
  expect(trail).toEqual([
    { action: "setup.issue-link", actor: "setup", objectId: organisationId },
    { action: "session.sign-in", actor: userId, objectId: sessionId },
    { action: "user.create", actor: "setup", objectId: userId },
  ]);
  await expect(createAdministratorByLink(db, input, client)).rejects.toMatchObject(spent);
});

test("of eight uses at once one wins", async () => {
  const { organisationId, input } = await issue();
  const tries = await Promise.allSettled(
    Array.from({ length: 8 }, (_, i) =>
      createAdministratorByLink(db, { ...input, email: `${i}-${input.email}` }, client),
    ),
  );
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const one of tries) if (one.status === "rejected") expect(one.reason).toMatchObject(spent);
  expect(await usersOf(organisationId)).toHaveLength(1);
});

test("unknown, expired, voided and other organisations' links create nobody", async () => {
  const { organisationId, scope, token, input } = await issue();
  await expect(createAdministratorByLink(db, { ...input, token: "made up" }, client)).rejects.toMatchObject(
    spent,
  );
  expect(await readSetupToken(db, "made up")).toBeNull();

  const other = await issue();
  await expect(createAdministrator(db, other.scope, { ...input, client })).rejects.toMatchObject(spent);

  const next = await issueSetupToken(db, scope, {});
  expect(await readSetupToken(db, token)).toEqual({ state: "expired", organisationId });
  await expect(createAdministratorByLink(db, input, client)).rejects.toMatchObject(spent);

  await db
    .update(setupTokens)
    .set({ expiresAt: new Date(Date.now() - 1000) })
    .where(eq(setupTokens.tokenHash, hashSetupToken(next.token)));
  await expect(createAdministratorByLink(db, { ...input, ...next }, client)).rejects.toMatchObject(spent);
  expect(await usersOf(organisationId)).toEqual([]);
});

test("only the hash of a token is kept, and it lives for a day", async () => {
  const { organisationId, token } = await issue();
  const rows = await db.select().from(setupTokens).where(eq(setupTokens.organisationId, organisationId));
  expect(rows).toEqual([
    { tokenHash: hashSetupToken(token), organisationId, expiresAt: expect.any(Date), usedAt: null },
  ]);
  const livesMs = Number(rows[0]?.expiresAt) - Date.now();
  expect(livesMs).toBeGreaterThan(23.9 * 3_600_000);
  expect(livesMs).toBeLessThanOrEqual(24 * 3_600_000);
});

test("what is wrong with the form is said by field, and leaves the link as it was", async () => {
  const { organisationId, token, input } = await issue();
  const taken = await createUser(db);
  await expect(
    createAdministratorByLink(db, { ...input, name: " ", email: "maria", password: "password" }, client),
  ).rejects.toMatchObject({
    code: "invalid_input",
    fields: { name: "Say what you are called.", email: "This is not an e-mail address." },
  });
  await expect(
    createAdministratorByLink(db, { ...input, password: "Password12345" }, client),
  ).rejects.toMatchObject({
    code: "invalid_input",
    fields: { password: expect.stringContaining("guessed") },
  });
  await expect(
    createAdministratorByLink(db, { ...input, email: taken.email.toUpperCase() }, client),
  ).rejects.toMatchObject({ code: "conflict", fields: { email: expect.any(String) } });
  expect(await readSetupToken(db, token)).toEqual({ state: "valid", organisationId });
});

test("a link is issued to an organisation without users, by who may manage them", async () => {
  const { organisationId } = await createUser(db);
  const scope = Scope.ofSystem(organisationId, "setup");
  await expect(issueSetupToken(db, scope, {})).rejects.toMatchObject({ code: "conflict" });
  const analyst = await createScope(db, { role: "analyst" });
  await expect(issueSetupToken(db, analyst, {})).rejects.toMatchObject({ code: "forbidden" });
  const { input } = await issue();
  await expect(createAdministrator(db, analyst, { ...input, client })).rejects.toMatchObject({
    code: "forbidden",
  });
  const written = await db
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.organisationId, organisationId), eq(auditEntries.action, "setup.issue-link")));
  expect(written).toEqual([]);
});
