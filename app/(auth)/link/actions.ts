"use server";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { database } from "#db/client.ts";
import { acceptLink, type OpenLink, readLink } from "#lib/auth/accept-link.ts";
import { adoptSession, requestClient } from "#lib/auth/sign-in-request.ts";
import { env } from "#lib/env.ts";
import { DomainError } from "#lib/errors.ts";

export type LinkAnswer = { link: OpenLink } | { message: string };

/** What the link is for, which leaves it as it is. */
export async function openLinkAction(token: string): Promise<LinkAnswer> {
  try {
    const client = requestClient(await headers());
    return { link: await readLink(database().db, env(), String(token), client) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { message: error.message };
  }
}

export type AcceptProblem = { message: string; fields: Readonly<Record<string, string>> };

/** Sets the password and signs this browser in; what comes back is what was wrong. */
export async function acceptLinkAction(token: string, password: string): Promise<AcceptProblem> {
  try {
    const given = { token: String(token), password: String(password) };
    const client = requestClient(await headers());
    const { sessionId } = await acceptLink(database().db, env(), given, client);
    await adoptSession(sessionId);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { message: error.message, fields: error.fields };
  }
  redirect("/");
}
