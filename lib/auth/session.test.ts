import { and, asc, eq, sql } from "drizzle-orm";
import { decode, encode } from "next-auth/jwt";
import { afterAll, expect, test } from "vitest";
import { auditEntries } from "#db/audit/schema.ts";
import { createOrganisation, createSession, createUser } from "#db/factories.ts";
import { listSessions } from "#db/identity/queries.ts";
import { sessions, users } from "#db/identity/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { type Authenticators, callNextAuth, issueSessionToken, readSetCookies } from "./next-auth.ts";
import { hashPassword } from "./password.ts";
import { revokeOtherSessions } from "./revoke-other-sessions.ts";
import { endSessionById, revokeSession, signOut } from "./revoke-session.ts";
import { Scope } from "./scope.ts";
import { verifySession } from "./session.ts";
import { signInAsPersona, signInWithPassword } from "./sign-in.ts";

const { db, close } = await createTestDatabase();
afterAll(close);

const served = { sandbox: false };
const settings = { secret: "s".repeat(32), authUrl: "http://localhost:3000" };
const client = { address: "127.0.0.1", userAgent: "Vitest" };
const authenticators: Authenticators = {
  password: (credentials, from) => signInWithPassword(db, served, credentials, from),
  persona: (credentials, from) => signInAsPersona(db, served, credentials, from),
  signOut: (sessionId) => endSessionById(db, served, sessionId),
};

const token = (sessionId: string, secret = settings.secret) =>
  encode({ token: { sub: sessionId }, secret, maxAge: 60 });

async function actions(objectId: string, result: "done" | "refused" = "done") {
  const entries = await db
    .select({
      organisationId: auditEntries.organisationId,
      actorId: auditEntries.actorId,
      action: auditEntries.action,
      after: auditEntries.after,
    })
    .from(auditEntries)
    .where(
      and(
        ...[eq(auditEntries.objectKind, "session"), eq(auditEntries.objectId, objectId)],
        eq(auditEntries.result, result),
      ),
    )
    .orderBy(asc(auditEntries.id));
  return entries;
}

test("signing in through next-auth gives a token that holds a session's id and nothing of the user", async () => {
  const user = await createUser(db, { passwordHash: await hashPassword("a quiet harbour at dusk") });
  const fields = { email: user.email, password: "a quiet harbour at dusk" };
  const issued = await issueSessionToken(settings, authenticators, { method: "password", fields, client });
  const session = await verifySession(db, settings, served, issued);
  expect(session).toEqual({
    id: expect.stringMatching(/^ses_/),
    lastSeenAt: expect.any(Date),
    user: {
      id: user.id,
      name: "Test user",
      email: user.email,
      role: "analyst",
      organisationId: user.organisationId,
      accountIds: null,
    },
    organisation: { id: user.organisationId, name: "Test organisation", sandbox: false },
  });
  expect(await decode({ token: issued, secret: settings.secret })).toEqual({
    sub: session?.id,
    iat: expect.any(Number),
    exp: expect.any(Number),
    jti: expect.any(String),
  });
});

test("a wrong password comes out as itself, and without the form's token nothing is tried", async () => {
  const fields = { email: "nobody@example.test", password: "wrong" };
  await expect(
    issueSessionToken(settings, authenticators, { method: "password", fields, client }),
  ).rejects.toMatchObject({ code: "unauthenticated", message: "E-mail or password is not right." });
  await expect(
    callNextAuth(settings, authenticators, {
      path: ["callback", "password"],
      cookies: {},
      client,
      fields: { ...fields, csrfToken: "made up", json: "true" },
    }),
  ).rejects.toMatchObject({ code: "forbidden" });
});

test.each([
  ["http://localhost:3000", "parapet-session", "Path=/; HttpOnly; SameSite=Lax"],
  ["https://parapet.example.com", "__Host-parapet-session", "Path=/; HttpOnly; Secure; SameSite=Lax"],
])("the cookies of %s", async (authUrl, name, attributes) => {
  const user = await createUser(db);
  const session = await createSession(db, { user });
  const open: Authenticators = { ...authenticators, password: async () => session.id };
  const at = { ...settings, authUrl };
  const csrf = await callNextAuth(at, open, { path: ["csrf"], cookies: {}, client });
  const { csrfToken } = csrf.body as { csrfToken: string };
  const answer = await callNextAuth(at, open, {
    path: ["callback", "password"],
    cookies: readSetCookies(csrf.setCookies),
    client,
    fields: { csrfToken, json: "true", callbackUrl: "https://evil.example/" },
  });
  expect(new URL((answer.body as { url: string }).url).pathname).toBe("/");
  expect((answer.body as { url: string }).url).not.toContain("evil");
  const line = answer.setCookies.find((cookie) => cookie.startsWith(`${name}=`));
  expect(line?.replace(/^[^;]*; /, "").replace(/Expires=[^;]*; |Max-Age=\d+; /g, "")).toBe(attributes);
});

test("signing out through next-auth ends the session and is audited", async () => {
  const session = await createSession(db);
  const csrf = await callNextAuth(settings, authenticators, { path: ["csrf"], cookies: {}, client });
  const cookies = { ...readSetCookies(csrf.setCookies), "parapet-session": await token(session.id) };
  const { csrfToken } = csrf.body as { csrfToken: string };
  const fields = { csrfToken, json: "true" };
  await callNextAuth(settings, authenticators, { path: ["signout"], cookies, client, fields });
  expect(await verifySession(db, settings, served, await token(session.id))).toBeNull();
  expect(await actions(session.id)).toEqual([
    {
      organisationId: session.organisationId,
      actorId: session.userId,
      action: "session.sign-out",
      after: { userId: session.userId },
    },
  ]);
});

test("a token counts only while its session, its user and its organisation do", async () => {
  const user = await createUser(db);
  const live = await createSession(db, { user });
  const expired = await createSession(db, { user, expiresAt: new Date(Date.now() - 1000) });
  const revoked = await createSession(db, { user, revokedAt: new Date() });
  const disabled = await createSession(db, { user: await createUser(db, { disabledAt: new Date() }) });
  const { id: organisationId } = await createOrganisation(db, { sandbox: true });
  const persona = await createSession(db, { user: await createUser(db, { organisationId, persona: true }) });
  const verify = (value: string | undefined) => verifySession(db, settings, served, value);
  expect((await verify(await token(live.id)))?.id).toBe(live.id);
  for (const { id } of [expired, revoked, disabled, persona])
    expect(await verify(await token(id))).toBeNull();
  expect(await verify(await token(live.id, "t".repeat(32)))).toBeNull();
  for (const value of [undefined, "", "nonsense", live.id]) expect(await verify(value)).toBeNull();
});

test("being seen is written once a minute at most", async () => {
  const { id } = await createSession(db);
  const lastSeen = async () =>
    (await db.select({ at: sessions.lastSeenAt }).from(sessions).where(eq(sessions.id, id)))[0]?.at;
  const first = await lastSeen();
  await verifySession(db, settings, served, await token(id));
  expect(await lastSeen()).toEqual(first);
  await db.update(sessions).set({ lastSeenAt: sql`now() - interval '2 minutes'` });
  await verifySession(db, settings, served, await token(id));
  expect(Number(await lastSeen())).toBeGreaterThanOrEqual(Number(first));
});

test("a user revokes an own session: the next request has none, a second try is a conflict", async () => {
  const user = await createUser(db);
  const scope = Scope.ofUser(user);
  const { id } = await createSession(db, { user });
  expect((await verifySession(db, settings, served, await token(id)))?.id).toBe(id);
  expect(await revokeSession(db, scope, { sessionId: id })).toEqual({ sessionId: id });
  expect(await verifySession(db, settings, served, await token(id))).toBeNull();
  await expect(revokeSession(db, scope, { sessionId: id })).rejects.toMatchObject({ code: "conflict" });
  expect(await actions(id)).toEqual([
    {
      organisationId: user.organisationId,
      actorId: user.id,
      action: "session.revoke",
      after: { userId: user.id },
    },
  ]);
});

test("only an administrator of the same organisation ends someone else's session", async () => {
  const session = await createSession(db);
  const { organisationId } = session;
  const notFound = { code: "not_found" };
  const input = { sessionId: session.id };
  const colleague = Scope.ofUser(await createUser(db, { organisationId, role: "ciso" }));
  const stranger = Scope.ofUser(await createUser(db, { role: "admin" }));
  await expect(revokeSession(db, colleague, input)).rejects.toMatchObject(notFound);
  await expect(revokeSession(db, stranger, input)).rejects.toMatchObject(notFound);
  await expect(signOut(db, stranger, input)).rejects.toMatchObject(notFound);
  expect(await actions(session.id)).toEqual([]);
  const refused = (scope: Scope, action: string) => ({
    ...{ organisationId: scope.organisationId, actorId: scope.actor.id, action, after: notFound },
  });
  expect(await actions(session.id, "refused")).toEqual([
    refused(colleague, "session.revoke"),
    refused(stranger, "session.revoke"),
    refused(stranger, "session.sign-out"),
  ]);
  const admin = await createUser(db, { organisationId, role: "admin" });
  await revokeSession(db, Scope.ofUser(admin), input);
  expect(await actions(session.id)).toEqual([
    { organisationId, actorId: admin.id, action: "session.revoke", after: { userId: session.userId } },
  ]);
});

test("without the permission nothing is revoked", async () => {
  const session = await createSession(db);
  const scope = scopeWithout(await ownerOf(session.userId));
  const forbidden = { code: "forbidden" };
  await expect(revokeSession(db, scope, { sessionId: session.id })).rejects.toMatchObject(forbidden);
  await expect(signOut(db, scope, { sessionId: session.id })).rejects.toMatchObject(forbidden);
  await expect(revokeOtherSessions(db, scope, { keep: session.id })).rejects.toMatchObject(forbidden);
  expect((await verifySession(db, settings, served, await token(session.id)))?.id).toBe(session.id);
});

async function ownerOf(userId: string) {
  const [user] = await db.select().from(users).where(eq(users.id, userId));
  if (!user) throw new Error(`No user ${userId}.`);
  return user;
}

/** Every role may end its own sessions, so a scope that may not is made by taking the permission away. */
function scopeWithout(user: Parameters<typeof Scope.ofUser>[0]): Scope {
  const scope = Scope.ofUser(user);
  (scope.permissions as Set<string>).delete("sessions:own");
  return scope;
}

test("revoking all others keeps this one and everyone else's", async () => {
  const user = await createUser(db);
  const scope = Scope.ofUser(user);
  const here = await createSession(db, { user });
  const others = [await createSession(db, { user }), await createSession(db, { user })];
  const { organisationId } = user;
  const colleague = await createSession(db, { user: await createUser(db, { organisationId }) });
  expect(await revokeOtherSessions(db, scope, { keep: here.id })).toEqual({ revoked: 2 });
  expect((await listSessions(db, scope)).map(({ id }) => id)).toEqual([here.id]);
  expect((await verifySession(db, settings, served, await token(colleague.id)))?.id).toBe(colleague.id);
  for (const { id } of others) {
    expect((await actions(id)).map(({ action }) => action)).toEqual(["session.revoke"]);
  }
  await expect(revokeOtherSessions(db, scope, { keep: here.id })).rejects.toMatchObject({ code: "conflict" });
  await expect(revokeOtherSessions(db, scope, { keep: colleague.id })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("the list holds live sessions: one's own, or the organisation's for an administrator", async () => {
  const user = await createUser(db);
  const { organisationId } = user;
  const admin = await createUser(db, { organisationId, role: "admin", name: "Admin" });
  const own = await createSession(db, { user, ip: "10.0.0.1", userAgent: "curl/8" });
  const adminOwn = await createSession(db, { user: admin });
  await createSession(db, { user, revokedAt: new Date() });
  await createSession(db, { user, expiresAt: new Date(0) });
  await createSession(db);
  const listed = await listSessions(db, Scope.ofUser(user));
  expect(listed).toEqual([
    {
      id: own.id,
      user: { id: user.id, name: user.name, email: user.email, role: "analyst" },
      createdAt: own.createdAt,
      lastSeenAt: own.lastSeenAt,
      expiresAt: own.expiresAt,
      ip: "10.0.0.1",
      userAgent: "curl/8",
    },
  ]);
  const all = await listSessions(db, Scope.ofUser(admin));
  expect(all.map(({ id }) => id).toSorted()).toEqual([own.id, adminOwn.id].toSorted());
});
