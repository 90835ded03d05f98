import type { NextApiRequest, NextApiResponse } from "next";
import NextAuthModule, { type AuthOptions } from "next-auth";
import { decode, encode } from "next-auth/jwt";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { DomainError } from "../errors.ts";
import { safeNextPath } from "./next-path.ts";
import { oidcCookieNames, oidcCookies } from "./oidc/cookies.ts";
import type { Claims } from "./oidc/role-claim.ts";
import type { Client } from "./open-session.ts";
import { csrfCookie, sessionCookie } from "./session-cookie.ts";
import { sessionLifetimeSeconds } from "./session-lifetime.ts";

declare module "next-auth/jwt" {
  interface JWT {
    /** The session's id: all that the cookie says. */
    sub?: string;
  }
}

/** What signs in and out for next-auth. Each throws DomainError for what the user can mend. */
export type Authenticators = {
  /** Proves who is there and opens a session; returns its id. */
  password(credentials: Record<string, unknown>, client: Client): Promise<string>;
  persona(credentials: Record<string, unknown>, client: Client): Promise<string>;
  signOut(sessionId: string): Promise<void>;
};
export type AuthSettings = { secret: string; authUrl: string };

export type AuthRequest = {
  path: ["csrf"] | ["signout"] | ["callback", "password" | "persona" | "oidc"] | ["signin", "oidc"];
  cookies: Record<string, string>;
  client: Client;
  /** A form's fields; with them the request counts as a POST. */
  fields?: Record<string, unknown>;
  /** What the provider sent the browser back with. */
  query?: Record<string, string>;
  /** The OpenID Connect provider, for the two paths that lead to it and back. */
  provider?: OAuthConfig<Claims>;
};
export type AuthAnswer = {
  status: number;
  body: unknown;
  setCookies: string[];
  /** Where it would send a browser; null unless it answered with a redirect. */
  location: string | null;
};

/**
 * Has next-auth handle one request. Its addresses are never used, so it needs none of its own and trusts no Host header;
 * an error of an authenticator comes out as it was thrown, where next-auth would put its text into a link.
 */
export async function callNextAuth(
  settings: AuthSettings,
  authenticators: Authenticators,
  request: AuthRequest,
): Promise<AuthAnswer> {
  const thrown: unknown[] = [];
  const keep = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      thrown.push(error);
      throw error;
    }
  };
  const options = authOptions(
    settings,
    {
      password: (credentials, client) => keep(authenticators.password(credentials, client)),
      persona: (credentials, client) => keep(authenticators.persona(credentials, client)),
      signOut: (sessionId) => keep(authenticators.signOut(sessionId)),
    },
    request,
  );
  const answer: AuthAnswer = { status: 200, body: undefined, setCookies: [], location: null };
  await nextAuth(apiRequest(request), apiResponse(answer), options);
  if (thrown.length > 0) throw thrown[0];
  if (/[?&]csrf=true$/.test((answer.body as { url?: string } | undefined)?.url ?? "")) {
    throw new DomainError("forbidden", "The form was too old or not this site's own. Reload the page.");
  }
  if (answer.status >= 500)
    throw new Error(`next-auth answered ${answer.status} to ${request.path.join("/")}.`);
  // One more cookie of its remembers an address to return to, which here goes other ways.
  const kept = [
    sessionCookie(settings.authUrl).name,
    csrfCookie(settings.authUrl).name,
    ...oidcCookieNames(settings.authUrl),
  ];
  answer.setCookies = answer.setCookies.filter((line) => kept.some((name) => line.startsWith(`${name}=`)));
  return answer;
}

/** Signs in and returns the session's token, for the session cookie. */
export async function issueSessionToken(
  settings: AuthSettings,
  authenticators: Authenticators,
  signIn: { method: "password" | "persona"; fields: Record<string, unknown>; client: Client },
): Promise<string> {
  const { client } = signIn;
  const opened = await callNextAuth(settings, authenticators, { path: ["csrf"], cookies: {}, client });
  const csrfToken = (opened.body as { csrfToken: string }).csrfToken;
  const answer = await callNextAuth(settings, authenticators, {
    path: ["callback", signIn.method],
    cookies: readSetCookies(opened.setCookies),
    client,
    fields: { ...signIn.fields, csrfToken, json: "true" },
  });
  const token = readSetCookies(answer.setCookies)[sessionCookie(settings.authUrl).name];
  if (!token)
    throw new DomainError("unauthenticated", "Signing in did not work. Reload the page and try again.");
  return token;
}

/** The token of a session that was opened by other means than signing in, such as the set-up. */
export function writeSessionToken(settings: AuthSettings, sessionId: string): Promise<string> {
  return encode({ token: { sub: sessionId }, secret: settings.secret, maxAge: sessionLifetimeSeconds });
}

/** The session's id in a token that this installation issued and that has not expired; else null. */
export async function readSessionToken(settings: AuthSettings, token: string): Promise<string | null> {
  try {
    return (await decode({ token, secret: settings.secret }))?.sub ?? null;
  } catch {
    // Forged, expired, or issued under another secret: whoever holds it has to sign in, and needs no reason.
    return null;
  }
}

function authOptions(
  settings: AuthSettings,
  authenticators: Authenticators,
  { client, provider: oidc }: AuthRequest,
): AuthOptions {
  const { state, nonce, pkceCodeVerifier } = oidcCookies(settings.authUrl);
  const provider = (id: "password" | "persona") => ({
    id,
    name: id,
    type: "credentials" as const,
    credentials: {},
    authorize: async (credentials: Record<string, unknown> | undefined) => ({
      id: await authenticators[id](credentials ?? {}, client),
    }),
  });
  const secure = settings.authUrl.startsWith("https:");
  return {
    secret: settings.secret,
    session: { strategy: "jwt", maxAge: sessionLifetimeSeconds },
    useSecureCookies: secure,
    cookies: {
      sessionToken: sessionCookie(settings.authUrl),
      csrfToken: csrfCookie(settings.authUrl),
      state,
      nonce,
      pkceCodeVerifier,
    },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [provider("password"), provider("persona"), ...(oidc ? [oidc] : [])],
    callbacks: {
      jwt: ({ token, user }) => ({ sub: user?.id ?? token.sub }),
      redirect: ({ url, baseUrl }) => `${baseUrl}${safeNextPath(url)}`,
    },
    events: {
      signOut: async ({ token }) => {
        if (token?.sub) await authenticators.signOut(token.sub);
      },
    },
    // Its errors are thrown by callNextAuth; its warnings are about addresses that are not used.
    logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
  };
}

type Handler = (request: NextApiRequest, response: NextApiResponse, options: AuthOptions) => Promise<void>;
// A CommonJS package: its default export is one level deeper when Node loads it than when a bundler does.
const nextAuth: Handler = "default" in NextAuthModule ? (NextAuthModule.default as Handler) : NextAuthModule;

function apiRequest(request: AuthRequest): NextApiRequest {
  const body = request.fields;
  const incoming = {
    method: body ? "POST" : "GET",
    query: { ...request.query, nextauth: request.path },
    cookies: request.cookies,
    headers: {},
    body,
  };
  // Next-auth reads these five members alone.
  return incoming as unknown as NextApiRequest;
}

function apiResponse(answer: AuthAnswer): NextApiResponse {
  const outgoing = {
    status(status: number) {
      answer.status = status;
      return outgoing;
    },
    getHeader: (name: string) => (name.toLowerCase() === "set-cookie" ? answer.setCookies : undefined),
    setHeader(name: string, value: string | string[]) {
      if (name.toLowerCase() === "set-cookie") answer.setCookies = [value].flat();
      if (name.toLowerCase() === "location") answer.location = String(value);
      return outgoing;
    },
    json(body: unknown) {
      answer.body = body;
    },
    send(body: unknown) {
      answer.body = body;
    },
    end: () => undefined,
  };
  // Next-auth calls these six members alone.
  return outgoing as unknown as NextApiResponse;
}

/** Names and values of Set-Cookie headers; cookies being cleared are left out. */
export function readSetCookies(setCookies: string[]): Record<string, string> {
  const entries = setCookies.map((line): [string, string] => {
    const pair = line.split(";", 1)[0] ?? "";
    const at = pair.indexOf("=");
    return [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== ""));
}
