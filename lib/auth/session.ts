import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { type Database, database } from "#db/client.ts";
import { findLiveSession, type LiveSession, touchSession } from "#db/identity/queries.ts";
import type { Role } from "#db/identity/schema.ts";
import { env } from "#lib/env.ts";
import { DomainError } from "../errors.ts";
import { type AuthSettings, readSessionToken } from "./next-auth.ts";
import { clientAddress } from "./request-checks.ts";
import { requestPathHeader } from "./request-path.ts";
import { browserAt, Scope } from "./scope.ts";
import { sessionCookie } from "./session-cookie.ts";
import { authSettings } from "./settings.ts";

export type CurrentUser = {
  id: string;
  name: string;
  email: string;
  role: Role;
  organisation: { id: string; name: string; sandbox: boolean };
};

/** Looks up the session behind a cookie's token as it is now, and notes that it is in use. */
export async function verifySession(
  db: Database,
  settings: AuthSettings,
  served: { sandbox: boolean },
  token: string | undefined,
): Promise<LiveSession | null> {
  if (!token) return null;
  const sessionId = await readSessionToken(settings, token);
  const session = sessionId === null ? null : await findLiveSession(db, sessionId, served);
  if (session && Date.now() - session.lastSeenAt.getTime() > 60_000) await touchSession(db, session.id);
  return session;
}

/** This request's session, or null; looked up once a request, so a revocation counts from the next one. */
export const currentSession = cache(async (): Promise<LiveSession | null> => {
  const settings = authSettings();
  const token = (await cookies()).get(sessionCookie(settings.authUrl).name)?.value;
  return verifySession(database().db, settings, env(), token);
});

/** Who is signed in, or null. */
export async function currentUser(): Promise<CurrentUser | null> {
  const session = await currentSession();
  if (!session) return null;
  const { id, name, email, role } = session.user;
  return { id, name, email, role, organisation: session.organisation };
}

/**
 * What the signed-in user may see and do, for server components, actions and route handlers. Without a session, a page
 * or action goes to sign-in and comes back afterwards; a route handler throws `unauthenticated`.
 */
export async function requireScope(): Promise<Scope> {
  return (await requireSession()).scope;
}

/** As `requireScope`, with the session that asks. */
export const requireSession = cache(async (): Promise<{ scope: Scope; session: LiveSession }> => {
  const session = await currentSession();
  const asked = await headers();
  if (session) return { scope: Scope.ofUser(session.user, browserAt(clientAddress(asked))), session };
  const path = asked.get(requestPathHeader) ?? "/";
  if (path.startsWith("/api/")) {
    throw new DomainError(
      "unauthenticated",
      "You are not signed in, or your session has ended. Sign in again.",
    );
  }
  redirect(path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
});
