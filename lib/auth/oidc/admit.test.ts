import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { createSession, createUser } from "#db/factories.ts";
import { sessions, userIdentities, users } from "#db/identity/schema.ts";
import { createToken } from "../../tokens/create-token.ts";
import { Scope } from "../scope.ts";
import { verifySession } from "../session.ts";
import { verifyToken } from "../token.ts";
import { address, createSignInTest, problemOf, refusal, settings } from "./test-flow.ts";

const t = await createSignInTest();

describe("who is let in", () => {
  test("nobody without a mapped role", async () => {
    t.server.people.set("ana", { ...t.ana, groups: ["others"] });
    expect(await problemOf(t.signIn("ana"))).toBe("no_role");
    expect(await t.trail()).toEqual([refusal("no_role")]);
    expect(await t.usersHere()).toBe(1);
  });

  test("whoever loses their role loses their sessions and API tokens with it", async () => {
    t.server.people.set("ana", t.ana);
    const { session, token } = await t.signIn("ana");
    const made = await createToken(t.db, Scope.ofUser(session.user), {
      name: "pipeline",
      permissions: ["findings:read"],
      expiresInDays: 1,
    });
    t.server.people.set("ana", { ...t.ana, groups: [] });
    expect(await problemOf(t.signIn("ana"))).toBe("no_role");
    expect(await verifySession(t.db, settings, { sandbox: false }, token)).toBeNull();
    const request = { authorization: `Bearer ${made.token}`, address: null };
    await expect(verifyToken(t.db, { sandbox: false }, request)).rejects.toMatchObject({
      code: "unauthenticated",
    });
    const ended = { actorKind: "system", actorId: "sign-in", before: null };
    const after = { userId: session.user.id, reason: "no_role" };
    expect((await t.trail()).slice(3, 6)).toEqual([
      { ...ended, action: "session.revoke", objectId: session.id, after },
      { ...ended, action: "token.revoke", objectId: made.tokenId, after },
      refusal("no_role", undefined, session.user.id),
    ]);
  });

  test("nobody who was disabled here", async () => {
    t.server.people.set("ana", t.ana);
    const { session, token } = await t.signIn("ana");
    await t.db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, session.user.id));
    expect(await problemOf(t.signIn("ana"))).toBe("disabled");
    expect(await verifySession(t.db, settings, { sandbox: false }, token)).toBeNull();
    expect((await t.trail()).at(-1)).toEqual(refusal("disabled", undefined, session.user.id));
  });

  test("nobody by an e-mail address alone", async () => {
    const maria = await createUser(t.db, {
      organisationId: t.organisationId,
      email: address("maria"),
      passwordHash: "x",
      role: "ciso",
    });
    t.server.people.set("m", { ...t.ana, email: maria.email.toUpperCase() });
    expect(await problemOf(t.signIn("m"))).toBe("email_taken");
    // Not even where linking is allowed, unless the provider has verified the address.
    t.server.people.set("m", { ...t.ana, email: maria.email, email_verified: false });
    expect(await problemOf(t.signIn("m", { oidc: { ...t.oidc, linkByEmail: true } }))).toBe("email_taken");
    expect(
      (await t.trail()).map(({ objectId, after }) => [objectId, Reflect.get(after ?? {}, "detail")]),
    ).toEqual([
      [maria.id, "A user here has this e-mail address, and PARAPET_OIDC_LINK_BY_EMAIL is off."],
      [maria.id, "A user here has this e-mail address, which the provider has not verified."],
    ]);
    expect(await t.db.select().from(userIdentities).where(eq(userIdentities.userId, maria.id))).toEqual([]);
  });

  test("a verified address links once, where the operator allows it", async () => {
    const linking = { ...t.oidc, linkByEmail: true };
    const maria = await createUser(t.db, {
      organisationId: t.organisationId,
      email: address("maria"),
      passwordHash: "x",
      role: "ciso",
    });
    t.server.people.set("m", { ...t.ana, email: maria.email });
    const { session } = await t.signIn("m", { oidc: linking });
    // With a password, name and address stay her own.
    expect(session.user).toEqual({
      id: maria.id,
      name: maria.name,
      email: maria.email,
      role: "analyst",
      accountIds: null,
      organisationId: t.organisationId,
    });
    expect((await t.trail()).map(({ action, objectId }) => [action, objectId])).toEqual([
      ["user.link", maria.id],
      ["user.update", maria.id],
      ["session.sign-in", session.id],
    ]);
    // Whoever is given the address later is someone else.
    t.server.people.set("successor", { ...t.ana, email: maria.email });
    expect(await problemOf(t.signIn("successor", { oidc: linking }))).toBe("email_taken");
    expect((await t.trail()).at(-1)?.after).toHaveProperty(
      "detail",
      "Someone else at the provider already signs in with this e-mail address.",
    );
  });

  test("a disabled user is not linked", async () => {
    const gone = await createUser(t.db, {
      organisationId: t.organisationId,
      email: address("gone"),
      disabledAt: new Date(),
    });
    t.server.people.set("g", { ...t.ana, email: gone.email });
    expect(await problemOf(t.signIn("g", { oidc: { ...t.oidc, linkByEmail: true } }))).toBe("disabled");
    expect(await t.db.select().from(userIdentities).where(eq(userIdentities.userId, gone.id))).toEqual([]);
  });

  test("nobody of another organisation is taken over", async () => {
    const stranger = await createUser(t.db, { email: address("stranger"), passwordHash: "x" });
    t.server.people.set("s", { ...t.ana, email: stranger.email });
    expect(await problemOf(t.signIn("s", { oidc: { ...t.oidc, linkByEmail: true } }))).toBe("email_taken");
    expect(await t.trail()).toEqual([
      refusal("email_taken", "A user of another organisation has this e-mail address."),
    ]);
    expect(await t.db.select().from(userIdentities).where(eq(userIdentities.userId, stranger.id))).toEqual(
      [],
    );
  });

  test("an address that someone else has stays theirs when it is claimed later", async () => {
    t.server.people.set("ana", t.ana);
    const first = await t.signIn("ana");
    const boss = await createUser(t.db, { organisationId: t.organisationId });
    t.server.people.set("ana", { ...t.ana, email: boss.email });
    expect((await t.signIn("ana")).session.user.email).toBe(first.session.user.email);
  });

  test("nobody without an address to be called by", async () => {
    t.server.people.set("ana", { groups: ["sec"] });
    expect(await problemOf(t.signIn("ana"))).toBe("email_missing");
    expect(await t.usersHere()).toBe(1);
  });

  test("an administrator before anyone else", async () => {
    await t.emptyOrganisation();
    t.server.people.set("ana", t.ana);
    t.server.people.set("root", { ...t.ana, email: address("root"), groups: ["admins"] });
    expect(await problemOf(t.signIn("ana"))).toBe("no_administrator");
    expect((await t.signIn("root")).session.user.role).toBe("admin");
    expect((await t.signIn("ana")).session.user.role).toBe("analyst");
  });
});

test("a session of a user with a password is none of the provider's business", async () => {
  const user = await createUser(t.db, { organisationId: t.organisationId, passwordHash: "x" });
  const { id } = await createSession(t.db, { user });
  t.server.people.set("x", { ...t.ana, email: user.email, groups: [] });
  expect(await problemOf(t.signIn("x"))).toBe("no_role");
  const [session] = await t.db.select().from(sessions).where(eq(sessions.id, id));
  expect(session?.revokedAt).toBeNull();
});
