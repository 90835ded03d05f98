import type { Scope } from "#lib/auth/scope.ts";
import { requireScope } from "#lib/auth/session.ts";
import { errorResponse } from "#lib/http-error.ts";

/** A read for who is signed in, as JSON that no cache keeps. */
export async function answerRead(read: (scope: Scope) => Promise<unknown>): Promise<Response> {
  try {
    const body = await read(await requireScope());
    return Response.json(body, { headers: { "cache-control": "private, no-store" } });
  } catch (error) {
    return errorResponse(error);
  }
}
