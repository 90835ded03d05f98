import { eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { createAccount, createSession } from "#db/factories.ts";
import { findLiveSession } from "#db/identity/queries.ts";
import { sessions, userIdentities, userLinks, users } from "#db/identity/schema.ts";
import { getUser, listUsers } from "#db/identity/user-queries.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { Scope } from "../auth/scope.ts";
import { changeRole } from "./change-role.ts";
import { disableUser, enableUser } from "./disable-user.ts";
import { inviteUser } from "./invite-user.ts";
import { renameSelf, renameUser } from "./rename-user.ts";
import { cancelLink, createPasswordReset, resendInvitation } from "./send-link.ts";
import { setVisibility } from "./set-visibility.ts";
import { createPeople, readTrail, readUser } from "./test-people.ts";
import { hashLinkToken } from "./user-links.ts";

const { db, close } = await createTestDatabase();
afterAll(close);

const some = (...accountIds: string[]) => ({ sees: "some" as const, accountIds });
const invitation = (given: Partial<Parameters<typeof inviteUser>[2]> = {}) => ({
  name: "  Ana Lind  ",
  email: `ana-${crypto.randomUUID()}@example.test`,
  role: "analyst" as const,
  visibility: { sees: "all" as const },
  ...given,
});

/** Every mutation of somebody, such as it would work on them. */
const acts = {
  resendInvitation: (scope: Scope, userId: string) => resendInvitation(db, scope, { userId }),
  createPasswordReset: (scope: Scope, userId: string) => createPasswordReset(db, scope, { userId }),
  cancelLink: (scope: Scope, userId: string) => cancelLink(db, scope, { userId }),
  changeRole: (scope: Scope, userId: string) => changeRole(db, scope, { userId, revision: 1, role: "ciso" }),
  setVisibility: (scope: Scope, userId: string) =>
    setVisibility(db, scope, { userId, revision: 1, visibility: some() }),
  renameUser: (scope: Scope, userId: string) => renameUser(db, scope, { userId, revision: 1, name: "New" }),
  disableUser: (scope: Scope, userId: string) => disableUser(db, scope, { userId, revision: 1 }),
  enableUser: (scope: Scope, userId: string) => enableUser(db, scope, { userId, revision: 1 }),
};

test("an invitation makes a user without a password, a link, and an entry without either secret", async () => {
  const { organisationId, admin, scope } = await createPeople(db);
  const { id: accountId } = await createAccount(db, { organisationId });
  const input = invitation({ visibility: some(accountId, accountId) });
  const { userId, link } = await inviteUser(db, scope, input);
  expect(link).toEqual({
    token: expect.stringMatching(/^[\w-]{43}$/),
    kind: "invitation",
    expiresAt: expect.any(String),
  });
  expect(Math.round((Date.parse(link.expiresAt) - Date.now()) / 86_400_000)).toBe(7);
  expect(await getUser(db, scope, userId)).toEqual({
    id: userId,
    name: "Ana Lind",
    email: input.email,
    role: "analyst",
    state: "invited",
    persona: false,
    hasPassword: false,
    issuers: [],
    seesAllAccounts: false,
    accounts: 1,
    accountIds: [accountId],
    lastSeenAt: null,
    createdAt: expect.any(String),
    disabledAt: null,
    link: { kind: "invitation", createdAt: expect.any(String), expiresAt: link.expiresAt },
    sessions: 0,
    tokens: 0,
    revision: 1,
  });
  const [stored] = await db.select().from(userLinks).where(eq(userLinks.userId, userId));
  expect(stored?.tokenHash).toBe(hashLinkToken(link.token));
  expect(await readTrail(db, organisationId)).toEqual([
    {
      actor: admin.id,
      action: "user.invite",
      object: userId,
      before: null,
      after: {
        role: "analyst",
        seesAllAccounts: false,
        accountIds: [accountId],
        linkExpiresAt: link.expiresAt,
      },
    },
  ]);
});

test("nobody is invited twice, with another's account, without a name, or into the sandbox", async () => {
  const { organisationId, scope } = await createPeople(db);
  const input = invitation();
  await inviteUser(db, scope, input);
  await expect(inviteUser(db, scope, invitation({ email: input.email.toUpperCase() }))).rejects.toMatchObject(
    { code: "conflict", fields: { email: "Someone has this e-mail address already." } },
  );
  const { id: strange } = await createAccount(db);
  await expect(inviteUser(db, scope, invitation({ visibility: some(strange) }))).rejects.toMatchObject({
    code: "invalid_input",
    fields: { accountIds: expect.any(String) },
  });
  await expect(inviteUser(db, scope, invitation({ name: " ", email: "none" }))).rejects.toMatchObject({
    code: "invalid_input",
    fields: { name: "Say what they are called.", email: "This is not an e-mail address." },
  });
  const sandbox = await createPeople(db, { sandbox: true });
  await expect(inviteUser(db, sandbox.scope, invitation())).rejects.toMatchObject({ code: "conflict" });
  expect(await listUsers(db, scope)).toHaveLength(2);
  expect(await readTrail(db, organisationId)).toHaveLength(1);
});

test("another organisation's user is not found, by any of them", async () => {
  const { scope } = await createPeople(db);
  const theirs = await createPeople(db);
  const user = await theirs.join();
  for (const act of Object.values(acts)) {
    await expect(act(scope, user.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(act(scope, "usr_\0none")).rejects.toMatchObject({ code: "not_found" });
  }
  await expect(getUser(db, scope, user.id)).rejects.toMatchObject({ code: "not_found" });
  expect(await readUser(db, user.id)).toEqual(user);
});

test("only administrators change people, and of these only who sees every account", async () => {
  const { organisationId, join } = await createPeople(db);
  const user = await join();
  for (const role of ["ciso", "analyst", "manager", "auditor"] as const) {
    const scope = Scope.ofUser(await join({ role }));
    for (const act of Object.values(acts)) {
      await expect(act(scope, user.id)).rejects.toMatchObject({ code: "forbidden" });
    }
    await expect(inviteUser(db, scope, invitation())).rejects.toMatchObject({ code: "forbidden" });
    await expect(listUsers(db, scope)).rejects.toMatchObject({ code: "forbidden" });
  }
  const limited = Scope.ofUser({ ...(await join({ role: "admin" })), accountIds: [] });
  for (const act of Object.values(acts)) {
    await expect(act(limited, user.id)).rejects.toMatchObject({ code: "forbidden" });
  }
  await expect(inviteUser(db, limited, invitation())).rejects.toMatchObject({ code: "forbidden" });
  expect(await readUser(db, user.id)).toEqual(user);
  const told = await readTrail(db, organisationId);
  expect(told).toHaveLength(5 * (Object.keys(acts).length + 1));
  for (const { before, after } of told) {
    expect({ before, after }).toEqual({
      before: null,
      after: { code: "forbidden", permission: "users:manage" },
    });
  }
});

test("a change of what meanwhile changed is refused", async () => {
  const { scope, join } = await createPeople(db);
  const user = await join();
  await changeRole(db, scope, { userId: user.id, revision: 1, role: "ciso" });
  for (const act of [acts.changeRole, acts.setVisibility, acts.renameUser, acts.disableUser]) {
    await expect(act(scope, user.id)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("has changed since you saw them"),
    });
  }
  expect(await readUser(db, user.id)).toEqual({ ...user, role: "ciso", revision: 2 });
});

test("a new invitation ends the one before, and a link taken back is gone", async () => {
  const { organisationId, scope } = await createPeople(db);
  const { userId, link } = await inviteUser(db, scope, invitation());
  const again = await resendInvitation(db, scope, { userId });
  expect(again.link.token).not.toBe(link.token);
  const open = async () => (await getUser(db, scope, userId)).link?.expiresAt;
  expect(await open()).toBe(again.link.expiresAt);
  await cancelLink(db, scope, { userId });
  expect(await open()).toBeUndefined();
  await expect(cancelLink(db, scope, { userId })).rejects.toMatchObject({ code: "conflict" });
  await expect(createPasswordReset(db, scope, { userId })).rejects.toMatchObject({ code: "conflict" });
  const admin = scope.actor.id;
  await expect(resendInvitation(db, scope, { userId: admin })).rejects.toMatchObject({ code: "conflict" });
  const reset = await createPasswordReset(db, scope, { userId: admin });
  expect(Math.round((Date.parse(reset.link.expiresAt) - Date.now()) / 3_600_000)).toBe(24);
  expect(
    (await readTrail(db, organisationId)).map(({ action, before, after }) => [action, before, after]),
  ).toEqual([
    ["user.invite", null, expect.anything()],
    ["user.resend_invitation", null, { linkExpiresAt: again.link.expiresAt }],
    ["user.cancel_link", { kind: "invitation" }, null],
    ["user.create_password_reset", null, { linkExpiresAt: reset.link.expiresAt }],
  ]);
});

test("a role and what is seen count from the next request", async () => {
  const { organisationId, scope, join } = await createPeople(db);
  const accounts = [
    await createAccount(db, { organisationId }),
    await createAccount(db, { organisationId }),
  ].map(({ id }) => id);
  const user = await join({ role: "analyst" });
  const session = await createSession(db, { user });
  const seen = async () => {
    const live = await findLiveSession(db, session.id, { sandbox: false });
    return live && { role: live.user.role, accountIds: live.user.accountIds };
  };
  expect(await seen()).toEqual({ role: "analyst", accountIds: null });
  await changeRole(db, scope, { userId: user.id, revision: 1, role: "auditor" });
  await setVisibility(db, scope, { userId: user.id, revision: 2, visibility: some(...accounts.slice(0, 1)) });
  expect(await seen()).toEqual({ role: "auditor", accountIds: accounts.slice(0, 1) });
  await setVisibility(db, scope, { userId: user.id, revision: 3, visibility: some(...accounts.slice(1)) });
  expect(await seen()).toEqual({ role: "auditor", accountIds: accounts.slice(1) });
  await setVisibility(db, scope, { userId: user.id, revision: 4, visibility: { sees: "all" } });
  expect(await seen()).toEqual({ role: "auditor", accountIds: null });
  const trail = await readTrail(db, organisationId);
  expect(trail.map(({ action, before, after }) => ({ action, before, after }))).toEqual([
    { action: "user.change_role", before: { role: "analyst" }, after: { role: "auditor" } },
    {
      action: "user.set_visibility",
      before: { seesAllAccounts: true, accounts: 0 },
      after: { seesAllAccounts: false, accounts: 1, added: accounts.slice(0, 1), removed: [] },
    },
    {
      action: "user.set_visibility",
      before: { seesAllAccounts: false, accounts: 1 },
      after: { seesAllAccounts: false, accounts: 1, added: accounts.slice(1), removed: accounts.slice(0, 1) },
    },
    {
      action: "user.set_visibility",
      before: { seesAllAccounts: false, accounts: 1 },
      after: { seesAllAccounts: true, accounts: 0, added: [], removed: accounts.slice(1) },
    },
  ]);
});

test("whoever is disabled is out at once, and comes back as they were", async () => {
  const { organisationId, scope, join } = await createPeople(db);
  const user = await join({ passwordHash: "not a hash" });
  const session = await createSession(db, { user });
  await createPasswordReset(db, scope, { userId: user.id });
  await disableUser(db, scope, { userId: user.id, revision: 1 });
  expect(await findLiveSession(db, session.id, { sandbox: false })).toBeNull();
  const { state, link, sessions: live } = await getUser(db, scope, user.id);
  expect({ state, link, live }).toEqual({ state: "disabled", link: null, live: 0 });
  for (const act of [acts.resendInvitation, acts.createPasswordReset]) {
    await expect(act(scope, user.id)).rejects.toMatchObject({ code: "conflict" });
  }
  await expect(disableUser(db, scope, { userId: user.id, revision: 2 })).rejects.toMatchObject({
    code: "conflict",
  });
  await enableUser(db, scope, { userId: user.id, revision: 2 });
  await expect(enableUser(db, scope, { userId: user.id, revision: 3 })).rejects.toMatchObject({
    code: "conflict",
  });
  expect(await readUser(db, user.id)).toEqual({ ...user, revision: 3 });
  // The session that ended stays so.
  expect(await findLiveSession(db, session.id, { sandbox: false })).toBeNull();
  expect((await readTrail(db, organisationId)).slice(1)).toMatchObject([
    { action: "user.disable", after: { disabled: true, sessionsEnded: 1, linksEnded: 1 } },
    { action: "user.enable", after: { disabled: false } },
  ]);
});

test("nobody demotes, limits or disables themselves", async () => {
  const { scope, admin, join } = await createPeople(db);
  await join({ role: "admin", passwordHash: "not a hash" });
  for (const act of [acts.changeRole, acts.setVisibility, acts.disableUser]) {
    await expect(act(scope, admin.id)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("is for another administrator to do"),
    });
  }
  expect(await readUser(db, admin.id)).toEqual(admin);
});

test("of two administrators who shut each other out at once, one stays", async () => {
  for (const act of [acts.changeRole, acts.setVisibility, acts.disableUser]) {
    const { admin, scope, join } = await createPeople(db);
    const other = await join({ role: "admin", passwordHash: "not a hash", name: "Bo" });
    // Whom nobody can sign in as is of no help.
    await join({ role: "admin", name: "Invited" });
    await join({ role: "admin", passwordHash: "not a hash", disabledAt: new Date() });
    await join({ role: "admin", passwordHash: "not a hash", seesAllAccounts: false });
    const outcomes = await Promise.allSettled([act(scope, other.id), act(Scope.ofUser(other), admin.id)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find((one) => one.status === "rejected")).toMatchObject({
      reason: { code: "conflict", message: expect.stringContaining("is the last administrator") },
    });
  }
});

test("a name is changed by an administrator and by oneself, and the trail doesn't keep it", async () => {
  const { organisationId, scope, join } = await createPeople(db);
  const user = await join();
  await renameUser(db, scope, { userId: user.id, revision: 1, name: "Ana Berg" });
  await renameSelf(db, Scope.ofUser(user), { name: "Ana B." });
  await expect(renameSelf(db, Scope.ofUser(user), { name: "Ana B." })).rejects.toMatchObject({
    code: "conflict",
  });
  expect(await readUser(db, user.id)).toEqual({ ...user, name: "Ana B.", revision: 3 });
  expect(await readTrail(db, organisationId)).toEqual(
    [scope.actor.id, user.id].map((actor) => ({
      actor,
      action: "user.rename",
      object: user.id,
      before: null,
      after: { fields: ["name"] },
    })),
  );
});

test("of the sandbox's people only what they see can be set", async () => {
  const { scope, join } = await createPeople(db, { sandbox: true });
  const persona = await join({ persona: true });
  const { setVisibility: visibility, cancelLink: _, ...others } = acts;
  for (const act of Object.values(others)) {
    await expect(act(scope, persona.id)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("comes with the sandbox"),
    });
  }
  await visibility(scope, persona.id);
  expect(await readUser(db, persona.id)).toEqual({ ...persona, seesAllAccounts: false, revision: 2 });
});

test("who comes through a provider that is not in use is as any other, and has no password to reset", async () => {
  const { organisationId, scope, join } = await createPeople(db);
  const user = await join();
  const issuer = "https://login.example";
  await db.insert(userIdentities).values({ organisationId, issuer, subject: "ana", userId: user.id });
  const { state, issuers } = await getUser(db, scope, user.id);
  expect({ state, issuers }).toEqual({ state: "active", issuers: [issuer] });
  await expect(createPasswordReset(db, scope, { userId: user.id })).rejects.toMatchObject({
    message: expect.stringContaining("signs in through the identity provider"),
  });
  await expect(resendInvitation(db, scope, { userId: user.id })).rejects.toMatchObject({ code: "conflict" });
  await changeRole(db, scope, { userId: user.id, revision: 1, role: "auditor" });
  expect((await readUser(db, user.id)).role).toBe("auditor");
});

test("a list knows when each was last seen, and shows an account only to who sees it", async () => {
  const { organisationId, scope, admin, join } = await createPeople(db);
  const [one, two] = [
    await createAccount(db, { organisationId }),
    await createAccount(db, { organisationId }),
  ];
  const user = await join({ name: "Zoe" });
  await setVisibility(db, scope, { userId: user.id, revision: 1, visibility: some(one.id, two.id) });
  const lastSeenAt = new Date("2026-01-02T03:04:05.678Z");
  await createSession(db, { user, lastSeenAt, revokedAt: new Date() });
  await createSession(db, { user, lastSeenAt: new Date("2025-01-01") });
  const limited = Scope.ofUser({ ...admin, accountIds: [one.id] });
  const listed = await listUsers(db, limited);
  expect(
    listed.map(({ name, accounts, lastSeenAt: at, sessions: live }) => ({ name, accounts, at, live })),
  ).toEqual([
    { name: "Ada", accounts: 0, at: null, live: 0 },
    { name: "Zoe", accounts: 1, at: lastSeenAt.toISOString(), live: 1 },
  ]);
  expect((await getUser(db, limited, user.id)).accountIds).toEqual([one.id]);
  expect(await db.select().from(sessions).where(eq(sessions.userId, user.id))).toHaveLength(2);
  expect(await db.select().from(users).where(eq(users.organisationId, organisationId))).toHaveLength(2);
});
