import { DomainError, type ErrorCode } from "./errors.ts";

const statusOf: Record<ErrorCode, number> = {
  invalid_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  rate_limited: 429,
  unavailable: 503,
};

/** A route handler's answer for an expected failure. Anything else is a bug and is thrown on, for Next to answer with 500. */
export function errorResponse(error: unknown): Response {
  if (!(error instanceof DomainError)) throw error;
  const { code, message, fields } = error;
  return Response.json(
    { error: { code, message, fields } },
    { status: statusOf[code], headers: { "cache-control": "no-store" } },
  );
}
