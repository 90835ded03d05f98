"use server";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { database } from "#db/client.ts";
import { adoptSession, requestClient } from "#lib/auth/sign-in-request.ts";
import { env } from "#lib/env.ts";
import { DomainError } from "#lib/errors.ts";
import { createAdministratorByLink } from "#lib/setup/create-administrator.ts";

export type SetupState = {
  message: string;
  fields: Readonly<Record<string, string>>;
  /** What was typed, but for the password. */
  typed: { organisationName: string; name: string; email: string };
} | null;

export async function createAdministrator(_before: SetupState, form: FormData): Promise<SetupState> {
  const field = (name: string) => String(form.get(name) ?? "");
  const typed = { organisationName: field("organisationName"), name: field("name"), email: field("email") };
  try {
    if (env().sandbox) throw new DomainError("conflict", "The sandbox has nothing to set up.");
    const input = { ...typed, token: field("token"), password: field("password") };
    const { sessionId } = await createAdministratorByLink(
      database().db,
      input,
      requestClient(await headers()),
    );
    await adoptSession(sessionId);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { message: error.message, fields: error.fields, typed };
  }
  redirect("/");
}
