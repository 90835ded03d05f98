import { RateLimited } from "../auth/rate-limited.ts";
import { DomainError, type ErrorCode } from "../errors.ts";

/** What can go wrong with a request, beside what can go wrong in the product. */
const httpCodes = [
  "misdirected",
  "method_not_allowed",
  "payload_too_large",
  "unsupported_media_type",
  "internal_error",
] as const;
export type ProblemCode = ErrorCode | (typeof httpCodes)[number];

/** A request that fails as a request. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly code: ProblemCode;
  readonly headers: Readonly<Record<string, string>>;
  constructor(code: ProblemCode, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.code = code;
    this.headers = headers;
  }
}

/** Every code with its status, a title that is always the same, and what to make of it. */
export const problems: Readonly<Record<ProblemCode, { status: number; title: string; meaning: string }>> = {
  invalid_input: {
    status: 400,
    title: "The request can't be used",
    meaning: "A parameter or field is missing, unknown or not as it has to be; `errors` names each one.",
  },
  unauthenticated: {
    status: 401,
    title: "No valid API token",
    meaning: "The token is missing, unknown, expired or revoked, or its user is disabled.",
  },
  forbidden: {
    status: 403,
    title: "Not allowed",
    meaning:
      "The token, or its user's present role, doesn't include the permission that the operation asks for.",
  },
  not_found: {
    status: 404,
    title: "Not found",
    meaning: "There is no such thing, or none that this token's user can see.",
  },
  method_not_allowed: {
    status: 405,
    title: "Method not allowed",
    meaning: "The address exists, and the header `Allow` names the methods that it takes.",
  },
  conflict: {
    status: 409,
    title: "In conflict with the present state",
    meaning: "It changed meanwhile, or is so already. Read it again, then decide.",
  },
  misdirected: {
    status: 421,
    title: "Another host was asked for",
    meaning: "A sandbox answers on its own machine alone, as localhost or 127.0.0.1.",
  },
  payload_too_large: {
    status: 413,
    title: "The body is too large",
    meaning: "A body has a million bytes at most.",
  },
  unsupported_media_type: {
    status: 415,
    title: "Not JSON",
    meaning: "Bodies are JSON, sent with `Content-Type: application/json`.",
  },
  rate_limited: {
    status: 429,
    title: "Too many requests",
    meaning: "Wait as many seconds as the header `Retry-After` says.",
  },
  internal_error: {
    status: 500,
    title: "Parapet failed in a way it did not expect",
    meaning: "A bug; the server's log has more. Whatever the request was to write was not written.",
  },
  unavailable: {
    status: 503,
    title: "Not available now",
    meaning:
      "Something that the operation needs, such as a cloud or a key, can't be reached. Try again later.",
  },
};

/** The page that explains the codes; a problem's `type` points into it. */
export const problemType = (code: ProblemCode): string => `/api-reference#problem-${code}`;

/** The answer to a request that failed, as RFC 9457 has it. What is not foreseen is told as nothing but that. */
export function problemResponse(error: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  const { code, detail, fields, extra } = dissect(error);
  const { status, title } = problems[code];
  const errors = Object.entries(fields).map(([field, message]) => ({ field, message }));
  return new Response(JSON.stringify({ type: problemType(code), title, status, detail, code, errors }), {
    status,
    headers: {
      ...headers,
      ...extra,
      "content-type": "application/problem+json",
      "cache-control": "no-store",
    },
  });
}

function dissect(error: unknown): {
  code: ProblemCode;
  detail: string;
  fields: Readonly<Record<string, string>>;
  extra: Record<string, string>;
} {
  if (error instanceof ApiProblem) {
    return { code: error.code, detail: error.message, fields: {}, extra: { ...error.headers } };
  }
  if (error instanceof DomainError) {
    const { code, message: detail, fields } = error;
    return { code, detail, fields, extra: headersOf(error) };
  }
  const detail = "The request was not carried out. The server's log says more.";
  return { code: "internal_error", detail, fields: {}, extra: {} };
}

function headersOf(error: DomainError): Record<string, string> {
  if (error.code === "unauthenticated") return { "www-authenticate": 'Bearer realm="Parapet"' };
  if (error instanceof RateLimited) return { "retry-after": String(error.retryAfterSeconds) };
  return error.code === "unavailable" ? { "retry-after": "10" } : {};
}
