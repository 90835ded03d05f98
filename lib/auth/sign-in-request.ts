import { cookies, headers } from "next/headers";
import { database } from "#db/client.ts";
import { env } from "#lib/env.ts";
import { type Authenticators, issueSessionToken, writeSessionToken } from "./next-auth.ts";
import type { Client } from "./open-session.ts";
import { clientAddress } from "./request-checks.ts";
import { endSessionById } from "./revoke-session.ts";
import { sessionCookie } from "./session-cookie.ts";
import { authSettings } from "./settings.ts";
import { signInAsPersona, signInWithPassword } from "./sign-in.ts";

/** The ways to sign in and out of this installation. */
export function authenticators(): Authenticators {
  const { db } = database();
  return {
    password: (credentials, client) => signInWithPassword(db, env(), credentials, client),
    persona: (credentials, client) => signInAsPersona(db, env(), credentials, client),
    signOut: async (sessionId) => endSessionById(db, env(), sessionId, clientAddress(await headers())),
  };
}

export function requestClient(requestHeaders: Headers): Client {
  return { address: clientAddress(requestHeaders), userAgent: requestHeaders.get("user-agent") };
}

/** Signs this request's browser in, from a server action. Throws what the authenticators throw. */
export async function signInBrowser(
  method: "password" | "persona",
  fields: Record<string, unknown>,
): Promise<void> {
  const settings = authSettings();
  const client = requestClient(await headers());
  const token = await issueSessionToken(settings, authenticators(), { method, fields, client });
  await keepSessionToken(token);
}

/** Leaves this request's browser with a session that was opened otherwise, from a server action. */
export async function adoptSession(sessionId: string): Promise<void> {
  await keepSessionToken(await writeSessionToken(authSettings(), sessionId));
}

async function keepSessionToken(token: string): Promise<void> {
  const { name, options } = sessionCookie(authSettings().authUrl);
  (await cookies()).set(name, token, options);
}
