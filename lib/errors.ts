/** What can go wrong in ways a caller is meant to handle; each adapter (action, HTTP, CLI) maps every code. */
export const errorCodes = [
  "invalid_input",
  "not_found",
  "forbidden",
  "unauthenticated",
  "conflict",
  "rate_limited",
  "unavailable",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** An expected failure. The message is for the user: what happened, what was kept, what to do. */
export class DomainError extends Error {
  override readonly name = "DomainError";
  readonly code: ErrorCode;
  /** Messages by input field, for `invalid_input`. */
  readonly fields: Readonly<Record<string, string>>;
  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; fields?: Record<string, string> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.fields = options.fields ?? {};
  }
}
