import { headers } from "next/headers";
import { database } from "#db/client.ts";
import { recordRefusedRequest } from "#lib/audit/trouble/record-refused-request.ts";
import { requestPathHeader } from "#lib/auth/request-path.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { requireScope } from "#lib/auth/session.ts";
import { errorResponse } from "#lib/http-error.ts";

/** A read for who is signed in, as JSON that no cache keeps. */
export async function answerRead(read: (scope: Scope) => Promise<unknown>): Promise<Response> {
  let scope: Scope | null = null;
  try {
    scope = await requireScope();
    const body = await read(scope);
    return Response.json(body, { headers: { "cache-control": "private, no-store" } });
  } catch (error) {
    if (scope) await recordRefusal(scope, error);
    return errorResponse(error);
  }
}

/** Records that who is signed in may not see what they asked this request for. */
export async function recordRefusal(scope: Scope, error: unknown): Promise<void> {
  // What was searched for stays out of the trail.
  const [path] = (await headers()).get(requestPathHeader)?.split("?") ?? [];
  await recordRefusedRequest(database().db, scope, { kind: "page", id: path ?? null }, error);
}
