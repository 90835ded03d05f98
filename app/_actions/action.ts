import type { z } from "zod";
import { recordRefusal } from "#app/api/answer.ts";
import { type Database, database } from "#db/client.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { requireScope } from "#lib/auth/session.ts";
import { DomainError, type ErrorCode } from "#lib/errors.ts";
import type { Mutation } from "#lib/mutation.ts";

export type ActionResult<R> =
  | { ok: true; value: R }
  | { ok: false; code: ErrorCode; message: string; fields: Readonly<Record<string, string>> };

/**
 * Runs a mutation for who is signed in. What the caller can mend comes back as a result; a bug is thrown, and so is the
 * way to the sign-in page.
 */
export async function runAction<I extends z.ZodType, R>(
  mutation: Mutation<I, R>,
  input: z.input<I>,
): Promise<ActionResult<R>> {
  return runAct((db, scope) => mutation(db, scope, input));
}

/** As `runAction`, for what is made of several mutations, or calls a provider first. */
export async function runAct<R>(act: (db: Database, scope: Scope) => Promise<R>): Promise<ActionResult<R>> {
  const scope = await requireScope();
  try {
    return { ok: true, value: await act(database().db, scope) };
  } catch (error) {
    await recordRefusal(scope, error);
    if (!(error instanceof DomainError)) throw error;
    const { code, message, fields } = error;
    return { ok: false, code, message, fields };
  }
}
