import postgres from "postgres";
import { DomainError, type ErrorCode } from "../../errors.ts";

/** How an act that came to nothing ended, and why, in words that hold nothing of what was given. */
export type Trouble = {
  result: "refused" | "failed";
  code: ErrorCode | "internal";
  /** The class of an error that nobody foresaw, or PostgreSQL's SQLSTATE. */
  error?: string;
};

/** `null` for what the trail doesn't tell of. */
export function classifyTrouble(error: unknown): Trouble | null {
  if (error instanceof DomainError) return ofDomain(error.code);
  const sqlState = sqlStateOf(error);
  // Whoever called repeats it, and what comes of that is told.
  if (sqlState === "40P01" || sqlState === "40001") return null;
  // What a verb saw too late and a constraint or trigger of the database didn't let pass.
  if (sqlState?.startsWith("23")) return { result: "refused", code: "forbidden", error: sqlState };
  const name = sqlState ?? (error instanceof Error ? error.constructor.name : typeof error);
  return { result: "failed", code: "internal", error: name.slice(0, 60) };
}

function ofDomain(code: ErrorCode): Trouble | null {
  // A slip of the pen, or what somebody else was faster with: neither was kept from anything.
  if (code === "invalid_input" || code === "conflict") return null;
  return { result: code === "unavailable" ? "failed" : "refused", code };
}

function sqlStateOf(error: unknown): string | null {
  if (error instanceof postgres.PostgresError) return error.code;
  return error instanceof Error && error.cause !== undefined ? sqlStateOf(error.cause) : null;
}
