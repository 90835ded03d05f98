import type { Database } from "#db/client.ts";
import { DomainError } from "../../errors.ts";
import { type Authenticators, type AuthSettings, callNextAuth, readSetCookies } from "../next-auth.ts";
import { safeNextPath } from "../next-path.ts";
import type { Client } from "../open-session.ts";
import { recordRefusal } from "../record-refusal.ts";
import { sessionCookie } from "../session-cookie.ts";
import { countAttempt } from "../sign-in-limit.ts";
import { oidcCookieNames, oidcCookies } from "./cookies.ts";
import { discoverProvider, type ProviderMetadata } from "./discover.ts";
import { explainAnswer, SignInProblem } from "./problem.ts";
import { oidcProvider } from "./provider.ts";
import type { Claims } from "./role-claim.ts";
import type { OidcSettings } from "./settings.ts";
import { signInWithOidc } from "./sign-in.ts";

export type OidcRequest = { cookies: Record<string, string>; client: Client };
/** Where to send the browser, and the Set-Cookie headers that go with it. */
export type OidcAnswer = { location: string; setCookies: string[] };

type Flow = { db: Database; settings: AuthSettings; oidc: OidcSettings };

/** The way to the provider. Throws a SignInProblem when it can't be reached or is not what the settings say. */
export async function startOidcSignIn(
  { settings, oidc }: Omit<Flow, "db">,
  request: OidcRequest & {
    next: unknown;
    /** Has the provider ask who it is, also of someone it still knows. */
    afresh?: boolean;
  },
): Promise<OidcAnswer> {
  const metadata = await discoverProvider(oidc.issuer);
  const { client } = request;
  const provider = oidcProvider({
    settings: oidc,
    metadata,
    authUrl: settings.authUrl,
    afresh: request.afresh ?? false,
    signIn: unreachable,
    failed: () => undefined,
  });
  const csrf = await callNextAuth(settings, noAuthenticators, { path: ["csrf"], cookies: {}, client });
  const answer = await callNextAuth(settings, noAuthenticators, {
    path: ["signin", "oidc"],
    cookies: readSetCookies(csrf.setCookies),
    client,
    provider,
    fields: { csrfToken: (csrf.body as { csrfToken: string }).csrfToken, json: "true" },
  });
  const { url } = answer.body as { url: string };
  // Anything else would be a page of next-auth's own, which nobody is to see.
  if (new URL(url).origin !== new URL(metadata.authorizationEndpoint).origin) {
    throw new SignInProblem("misconfigured", "The way to the provider could not be made.");
  }
  const next = oidcCookies(settings.authUrl).next;
  return { location: url, setCookies: [...answer.setCookies, writeCookie(next, safeNextPath(request.next))] };
}

/**
 * The way back: verifies what the provider sent, signs in, and says where to go. Throws a SignInProblem for everything
 * that keeps someone out, after it is in the trail; `clearOidcCookies` belongs to either answer.
 */
export async function finishOidcSignIn(
  { db, settings, oidc }: Flow,
  request: OidcRequest & { query: Record<string, string> },
): Promise<OidcAnswer> {
  const { client, cookies } = request;
  const { last } = await countAttempt(db, { email: null, address: client.address }).catch(explainLimit);
  try {
    const session = await exchange({ db, settings, oidc }, request);
    const next = safeNextPath(cookies[oidcCookies(settings.authUrl).next.name]);
    return { location: next, setCookies: [session, ...clearOidcCookies(settings.authUrl)] };
  } catch (error) {
    if (error instanceof SignInProblem) {
      const { code: reason, detail, user } = error;
      const refused = { reason, client, limitReached: last, method: "oidc" as const, detail };
      await db.transaction((tx) => recordRefusal(tx, { sandbox: false }, user, refused));
    }
    throw error;
  }
}

/** Set-Cookie headers that end what a sign-in left in the browser, whatever came of it. */
export const clearOidcCookies = (authUrl: string): string[] =>
  oidcCookieNames(authUrl).map((name) => writeCookie({ ...oidcCookies(authUrl).next, name }, "", 0));

/** Returns the Set-Cookie header of the new session. */
async function exchange(
  { db, settings, oidc }: Flow,
  { client, cookies, query }: OidcRequest & { query: Record<string, string> },
): Promise<string> {
  const { state } = oidcCookies(settings.authUrl);
  if (!cookies[state.name])
    throw new SignInProblem("stale", "The browser brought no sign-in of its own back.");
  if (query.error !== undefined) throw explainAnswer(query.error);
  const metadata: ProviderMetadata = await discoverProvider(oidc.issuer);
  const failures: unknown[] = [];
  const provider = oidcProvider({
    settings: oidc,
    metadata,
    authUrl: settings.authUrl,
    signIn: (claims: Claims) => signInWithOidc(db, oidc, claims, client),
    failed: (error) => failures.push(error),
  });
  const { code, state: answered, iss } = query;
  const answer = await callNextAuth(settings, noAuthenticators, {
    path: ["callback", "oidc"],
    cookies,
    client,
    provider,
    query: Object.fromEntries(
      Object.entries({ code, state: answered, iss }).flatMap(([name, value]) =>
        value ? [[name, value]] : [],
      ),
    ),
  });
  if (failures.length > 0) throw failures[0];
  const name = sessionCookie(settings.authUrl).name;
  const session = answer.setCookies.find(
    (line) => line.startsWith(`${name}=`) && !line.startsWith(`${name}=;`),
  );
  // Neither a failure nor a session: the cookies of the checks had expired, or were not this installation's.
  if (!session) throw new SignInProblem("stale", "The browser's own half of the sign-in had expired.");
  return session;
}

function explainLimit(error: unknown): never {
  if (error instanceof DomainError && error.code === "rate_limited") throw new SignInProblem("limited");
  throw error;
}

function writeCookie(
  { name, options }: ReturnType<typeof oidcCookies>["next"],
  value: string,
  maxAge: number = options.maxAge,
): string {
  const secure = options.secure ? "; Secure" : "";
  return `${name}=${encodeURIComponent(value)}; Path=${options.path}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}

const unreachable = (): never => {
  throw new Error("Nobody signs in on the way to the provider.");
};
/** These two paths know no other way to sign in or out. */
const noAuthenticators: Authenticators = {
  password: unreachable,
  persona: unreachable,
  signOut: unreachable,
};
