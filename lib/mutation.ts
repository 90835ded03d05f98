import type { z } from "zod";
import type { Database, Transaction } from "#db/client.ts";
import { type AuditRecord, appendAudit } from "./audit/append.ts";
import type { Permission } from "./auth/permissions.ts";
import type { Scope } from "./auth/scope.ts";
import { DomainError } from "./errors.ts";

type Outcome<R> = {
  result: R;
  /** At least one entry; several when one act touches several objects. */
  audit: AuditRecord | readonly [AuditRecord, ...AuditRecord[]];
};

export type Mutation<I extends z.ZodType, R> = {
  permission: Permission;
  input: I;
  /** Runs the mutation in a transaction of its own. Throws DomainError for what the caller can mend. */
  (db: Database, scope: Scope, input: z.input<I>): Promise<R>;
};

/**
 * Declares a write: permission → parse → transaction → run → audit entry in that transaction → commit. Leaving the
 * audit entry out doesn't compile.
 */
export function defineMutation<I extends z.ZodType, R>(definition: {
  permission: Permission;
  input: I;
  run(context: { tx: Transaction; scope: Scope; input: z.output<I> }): Promise<Outcome<R>>;
}): Mutation<I, R> {
  const { permission, input: schema, run } = definition;
  const mutate = async (db: Database, scope: Scope, raw: z.input<I>): Promise<R> => {
    scope.require(permission);
    const input = parseInput(schema, raw);
    return db.transaction(async (tx) => {
      const { result, audit } = await run({ tx, scope, input });
      for (const record of Array.isArray(audit) ? audit : [audit]) await appendAudit(tx, scope, record);
      return result;
    });
  };
  return Object.assign(mutate, { permission, input: schema });
}

/** Parses untrusted input; failure is a DomainError that names each field. */
export function parseInput<I extends z.ZodType>(schema: I, raw: unknown): z.output<I> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const fields = Object.fromEntries(
    parsed.error.issues.map((issue) => [issue.path.join(".") || "input", issue.message]),
  );
  const named = Object.entries(fields).map(([field, message]) => `${field}: ${message}`);
  throw new DomainError("invalid_input", `Nothing was changed. ${named.join("; ")}`, { fields });
}
