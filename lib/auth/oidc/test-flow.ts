import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeEach } from "vitest";
import { createOrganisation, createUser } from "#db/factories.ts";
import { signInFailures, users } from "#db/identity/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { readTestTrail } from "../../audit/test-trail.ts";
import type { AuthSettings } from "../next-auth.ts";
import { verifySession } from "../session.ts";
import { finishOidcSignIn, startOidcSignIn } from "./flow.ts";
import { redirectAddress } from "./provider.ts";
import type { OidcSettings } from "./settings.ts";
import { startTestProvider, TestBrowser, type TestPerson } from "./test-provider.ts";

export const settings: AuthSettings = { secret: "s".repeat(32), authUrl: "http://parapet.localhost:3000" };
export const redirectUri = redirectAddress(settings.authUrl);
export const client = { address: "203.0.113.7", userAgent: "Vitest" };

export type SignInOptions = {
  oidc?: OidcSettings;
  next?: string;
  /** Changes the address that the provider sends the browser back to. */
  alter?: (url: URL) => void;
  /** Changes the cookies that the browser brings along. */
  cookies?: (cookies: Record<string, string>) => Record<string, string>;
};

/** A database, a real provider and a browser, with an organisation of its own for each test of the file. */
export async function createSignInTest() {
  const { db, close } = await createTestDatabase();
  const server = await startTestProvider({ redirectUri });
  const oidc: OidcSettings = {
    issuer: server.issuer,
    clientId: server.clientId,
    clientSecret: server.clientSecret,
    scopes: "openid email profile groups",
    name: "Test login",
    roleClaim: "groups",
    roles: [
      { value: "admins", role: "admin" },
      { value: "sec", role: "analyst" },
      { value: "audit", role: "auditor" },
    ],
    linkByEmail: false,
  };
  /** What is served is the oldest organisation: each test has one older than those before. */
  let age = 0;
  const test = { db, server, oidc, organisationId: "", ana: {} as Required<TestPerson>, emptyOrganisation };
  beforeEach(async () => {
    await db.delete(signInFailures);
    await emptyOrganisation();
    await createUser(db, { organisationId: test.organisationId, role: "admin" });
  });
  afterEach(() => {
    server.alterClaims = undefined;
    server.alterToken = undefined;
    server.people.clear();
  });
  afterAll(async () => {
    await server.stop();
    await close();
  });

  /** From here on an organisation is served that has no users yet. */
  async function emptyOrganisation(): Promise<void> {
    age += 1_000;
    test.organisationId = (await createOrganisation(db, { createdAt: new Date(-age) })).id;
    test.ana = { email: address("ana"), email_verified: true, name: "Ana Lima", groups: ["sec"] };
  }

  /** Everything from the button to the way back: what the browser was given. Throws the problem that kept it out. */
  async function signIn(login: string, options: SignInOptions = {}) {
    const browser = new TestBrowser();
    const chosen = options.oidc ?? oidc;
    const started = await startOidcSignIn(
      { settings, oidc: chosen },
      { cookies: {}, client, next: options.next },
    );
    browser.keep(settings.authUrl, started.setCookies);
    const back = await browser.signIn(started.location, login, redirectUri);
    options.alter?.(back);
    const kept = browser.cookiesOf(settings.authUrl);
    const cookies = options.cookies?.(kept) ?? kept;
    const query = Object.fromEntries(back.searchParams);
    const answer = await finishOidcSignIn({ db, settings, oidc: chosen }, { cookies, client, query });
    browser.keep(settings.authUrl, answer.setCookies);
    const token = browser.cookiesOf(settings.authUrl)["parapet-session"] ?? "";
    const session = await verifySession(db, settings, { sandbox: false }, token);
    if (!session) throw new Error("There is no session.");
    return { started, answer, session, browser, token };
  }

  /** The organisation's trail, without ids and times of the entries. */
  async function trail() {
    const entries = await readTestTrail(db, test.organisationId);
    return entries.map(({ actorKind, actorId, action, objectId, before, after }) => ({
      ...{ actorKind, actorId, action, objectId, before, after },
    }));
  }

  const usersHere = () => db.$count(users, eq(users.organisationId, test.organisationId));
  return Object.assign(test, { signIn, trail, usersHere });
}

/** E-mail addresses are unique across organisations, so each has a name of its own. */
export const address = (name: string) => `${name}-${randomBytes(4).toString("hex")}@example.test`;

/** The code of the problem that a sign-in met. */
export const problemOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "signed in",
    (error: { code?: string }) => error.code ?? error,
  );

/** The trail's entry of a sign-in that came to nothing. */
export const refusal = (reason: string, detail?: string, objectId = "unknown") => ({
  actorKind: "system",
  actorId: "sign-in",
  action: "session.refuse",
  objectId,
  before: null,
  after: {
    reason,
    address: client.address,
    limitReached: false,
    method: "oidc",
    ...(detail ? { detail } : {}),
  },
});
