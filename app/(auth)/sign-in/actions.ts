"use server";
import type { Route } from "next";
import { redirect } from "next/navigation";
import { safeNextPath } from "#lib/auth/next-path.ts";
import { signInBrowser } from "#lib/auth/sign-in-request.ts";
import { DomainError } from "#lib/errors.ts";

/** What went wrong, and what was typed that may be shown again. */
export type SignInState = { message: string; email: string } | null;

export async function signInAsPersona(_before: SignInState, form: FormData): Promise<SignInState> {
  return signIn("persona", { persona: form.get("persona") }, form);
}

export async function signInWithPassword(_before: SignInState, form: FormData): Promise<SignInState> {
  return signIn("password", { email: form.get("email"), password: form.get("password") }, form);
}

async function signIn(
  method: "password" | "persona",
  fields: Record<string, unknown>,
  form: FormData,
): Promise<SignInState> {
  try {
    await signInBrowser(method, fields);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { message: error.message, email: String(form.get("email") ?? "") };
  }
  redirect(safeNextPath(form.get("next")) as Route);
}
