import { inspect } from "node:util";

/** The stack of what went wrong beneath, for a log; the wrapper that quotes a statement's values is left out. */
export function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return inspect(error, { depth: 1 });
  if ("query" in error && error.cause instanceof Error) return stackOf(error.cause);
  return error.stack ?? error.message;
}
