import { eq } from "drizzle-orm";
import { decode } from "next-auth/jwt";
import { beforeEach, describe, expect, test } from "vitest";
import { signInFailures, userIdentities } from "#db/identity/schema.ts";
import { oidcCookieNames } from "./cookies.ts";
import { clearOidcCookies, startOidcSignIn } from "./flow.ts";
import { address, client, createSignInTest, problemOf, redirectUri, refusal, settings } from "./test-flow.ts";
import { startTestProvider, TestBrowser } from "./test-provider.ts";

const t = await createSignInTest();

describe("signing in", () => {
  test("makes the user at first, opens a session of our own, and is audited", async () => {
    t.server.people.set("ana", t.ana);
    const { started, answer, session, token } = await t.signIn("ana", {
      next: "/findings?severity=critical",
    });
    const authorization = new URL(started.location);
    expect(Object.fromEntries(authorization.searchParams)).toEqual({
      client_id: "parapet",
      scope: "openid email profile groups",
      response_type: "code",
      redirect_uri: redirectUri,
      state: expect.stringMatching(/^[\w-]{40,}$/),
      nonce: expect.stringMatching(/^[\w-]{40,}$/),
      code_challenge: expect.stringMatching(/^[\w-]{40,}$/),
      code_challenge_method: "S256",
    });
    expect(answer.location).toBe("/findings?severity=critical");
    expect(session).toMatchObject({
      user: { name: "Ana Lima", email: t.ana.email, role: "analyst", organisationId: t.organisationId },
      organisation: { id: t.organisationId },
    });
    expect(await decode({ token, secret: settings.secret })).toEqual({
      sub: session.id,
      iat: expect.any(Number),
      exp: expect.any(Number),
      jti: expect.any(String),
    });
    expect(
      await t.db.select().from(userIdentities).where(eq(userIdentities.userId, session.user.id)),
    ).toEqual([
      {
        organisationId: t.organisationId,
        issuer: t.server.issuer,
        subject: "ana",
        userId: session.user.id,
        createdAt: expect.any(Date),
      },
    ]);
    expect(await t.trail()).toEqual([
      {
        actorKind: "system",
        actorId: "sign-in",
        action: "user.create",
        objectId: session.user.id,
        before: null,
        after: { role: "analyst", method: "oidc", issuer: t.server.issuer },
      },
      {
        actorKind: "user",
        actorId: session.user.id,
        action: "session.sign-in",
        objectId: session.id,
        before: null,
        after: { userId: session.user.id, method: "oidc", address: "203.0.113.7" },
      },
    ]);
    expect(await t.db.select().from(signInFailures).where(eq(signInFailures.failures, 1))).toEqual([]);
  });

  test("knows them again by issuer and subject, and takes over what the provider says now", async () => {
    t.server.people.set("ana", t.ana);
    const first = await t.signIn("ana");
    const email = address("ana.costa");
    t.server.people.set("ana", {
      ...t.ana,
      name: "Ana Lima-Costa",
      email,
      groups: ["audit"],
    });
    const second = await t.signIn("ana");
    expect(second.session.user).toEqual({
      ...first.session.user,
      name: "Ana Lima-Costa",
      email,
      role: "auditor",
    });
    expect((await t.trail()).slice(2)).toEqual([
      {
        actorKind: "system",
        actorId: "sign-in",
        action: "user.update",
        objectId: first.session.user.id,
        before: { role: "analyst" },
        after: { role: "auditor", fields: ["role", "name", "email"], method: "oidc" },
      },
      expect.objectContaining({ action: "session.sign-in" }),
    ]);
  });

  test("gives the first role in the operator's order", async () => {
    t.server.people.set("ana", { ...t.ana, groups: ["audit", "sec", "others"] });
    expect((await t.signIn("ana")).session.user.role).toBe("analyst");
  });

  test("reads the role from the id token as from userinfo", async () => {
    const other = await startTestProvider({ redirectUri, claimsInToken: true });
    other.people.set("ana", t.ana);
    const { session } = await t.signIn("ana", { oidc: { ...t.oidc, issuer: `${other.issuer}/` } });
    expect(session.user).toMatchObject({ role: "analyst", email: t.ana.email });
    await other.stop();
  });

  test("goes to the provider as someone else when asked to", async () => {
    const { location } = await startOidcSignIn(
      { settings, oidc: t.oidc },
      { cookies: {}, client, next: "/", afresh: true },
    );
    expect(new URL(location).searchParams.get("prompt")).toBe("login");
  });

  test("leads nowhere outside", async () => {
    t.server.people.set("ana", t.ana);
    const { answer } = await t.signIn("ana", { next: "https://evil.example/" });
    expect(answer.location).toBe("/");
  });

  test("leaves nothing of itself in the browser", async () => {
    t.server.people.set("ana", t.ana);
    const { browser } = await t.signIn("ana");
    expect(Object.keys(browser.cookiesOf(settings.authUrl))).toEqual(["parapet-session"]);
    expect(clearOidcCookies("https://parapet.example.com")).toEqual(
      oidcCookieNames("https://parapet.example.com").map(
        (name) => `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure`,
      ),
    );
    expect(oidcCookieNames("https://parapet.example.com").every((name) => name.startsWith("__Host-"))).toBe(
      true,
    );
  });

  test("of two first sign-ins at once, both find the one user", async () => {
    t.server.people.set("ana", t.ana);
    const [one, two] = await Promise.all([t.signIn("ana"), t.signIn("ana")]);
    expect(one.session.user.id).toBe(two.session.user.id);
    expect(await t.usersHere()).toBe(2);
  });
});

describe("what comes back must be this sign-in's", () => {
  beforeEach(() => {
    t.server.people.set("ana", t.ana);
  });

  test.each([
    ["a state of another sign-in", { alter: (url: URL) => url.searchParams.set("state", "x".repeat(43)) }],
    ["no state", { alter: (url: URL) => url.searchParams.delete("state") }],
    ["no cookies", { cookies: () => ({}) }],
    [
      "cookies that are not ours",
      { cookies: (kept: Record<string, string>) => ({ ...kept, "parapet-oidc-state": "x" }) },
    ],
    [
      "no verifier",
      { cookies: ({ "parapet-oidc-verifier": _gone, ...kept }: Record<string, string>) => kept },
    ],
    ["a code that was used", { alter: (url: URL) => url.searchParams.set("code", "used") }],
  ])("%s", async (_what, options) => {
    expect(await problemOf(t.signIn("ana", options))).toBe("stale");
    expect((await t.trail()).map(({ after }) => Reflect.get(after ?? {}, "reason"))).toEqual(["stale"]);
    expect(await t.usersHere()).toBe(1);
  });

  test("the verifier it began with", async () => {
    const other = new TestBrowser();
    const started = await startOidcSignIn({ settings, oidc: t.oidc }, { cookies: {}, client, next: "/" });
    other.keep(settings.authUrl, started.setCookies);
    const verifier = other.cookiesOf(settings.authUrl)["parapet-oidc-verifier"] ?? "";
    const cookies = (kept: Record<string, string>) => ({ ...kept, "parapet-oidc-verifier": verifier });
    expect(await problemOf(t.signIn("ana", { cookies }))).toBe("stale");
  });

  test.each([
    [
      "another issuer's name",
      { alter: (url: URL) => url.searchParams.set("iss", "https://evil.example") },
      "The token is another issuer's.",
    ],
    [
      "no issuer's name",
      { alter: (url: URL) => url.searchParams.delete("iss") },
      "The answer does not say which provider gave it.",
    ],
  ])("%s", async (_what, options, detail) => {
    expect(await problemOf(t.signIn("ana", options))).toBe("untrusted");
    expect((await t.trail()).map(({ after }) => Reflect.get(after ?? {}, "detail"))).toEqual([detail]);
  });

  test("and the provider may send someone back without a code", async () => {
    const alter = (url: URL) => {
      url.search = `?error=access_denied&error_description=<b>&state=${url.searchParams.get("state")}`;
    };
    expect(await problemOf(t.signIn("ana", { alter }))).toBe("cancelled");
    const broken = (url: URL) => {
      url.search = "?error=unauthorized_client";
    };
    expect(await problemOf(t.signIn("ana", { alter: broken }))).toBe("misconfigured");
    expect(await t.trail()).toEqual([
      refusal("cancelled"),
      refusal("misconfigured", "The provider answered unauthorized_client."),
    ]);
  });
});
