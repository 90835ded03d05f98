import { type GcpApi, type GcpError, httpStatusOf, type RpcCode } from "../model.ts";

export type WrittenError = { status: number; headers: Record<string, string>; body: string };

/** What the older APIs call what google.rpc.Code has a name for. */
const reasonOf: Record<RpcCode, string> = {
  INVALID_ARGUMENT: "invalid",
  FAILED_PRECONDITION: "failedPrecondition",
  UNAUTHENTICATED: "authError",
  PERMISSION_DENIED: "forbidden",
  NOT_FOUND: "notFound",
  ABORTED: "aborted",
  ALREADY_EXISTS: "conflict",
  RESOURCE_EXHAUSTED: "rateLimitExceeded",
  INTERNAL: "backendError",
  UNIMPLEMENTED: "notImplemented",
  UNAVAILABLE: "backendError",
};

/** Puts an error into the API's shape: AIP-193, or the older one with `errors[]`. */
export function writeError(error: GcpError, style: GcpApi["errors"]): WrittenError {
  const { message, status, extras } = error;
  const code = extras.httpStatus ?? httpStatusOf[status];
  const { reason = reasonOf[status], domain = "global", details } = extras;
  const body =
    style === "rpc"
      ? { code, message, status, ...(details ? { details } : {}) }
      : {
          code,
          message,
          errors: [{ message, domain, reason }],
          // Even the older APIs say in the newer way what concerns all of Google's.
          ...(details || status === "UNAUTHENTICATED" ? { status } : {}),
          ...(details ? { details } : {}),
        };
  return {
    status: code,
    headers: { "content-type": "application/json; charset=UTF-8" },
    body: JSON.stringify({ error: body }),
  };
}

/** OAuth's own shape (RFC 6749, 5.2). */
export function writeOAuthError(code: string, description: string, status = 400): WrittenError {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify({ error: code, error_description: description }),
  };
}
