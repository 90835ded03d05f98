import type { z } from "zod";
import type { Database, Transaction } from "#db/client.ts";
import { type AuditRecord, appendAudit } from "./audit/append.ts";
import { type FailedAct, idIn, recordTrouble } from "./audit/trouble/record-trouble.ts";
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

/** What an act is called and what it is done to, known before it runs: for when it is refused or goes wrong. */
export type Act<I> = {
  /** As its entries have it; where they differ by what was done, what they have in common. */
  action: string;
  /** The kind of object. */
  kind: string;
  /** The field of the input that has the object's id, or what tells it of who acts; left out where it isn't known yet. */
  id?: FieldOf<I> | ((scope: Scope) => string);
};

/** The fields of each of an input's forms. */
type FieldOf<I> = I extends unknown ? keyof I & string : never;

/**
 * Declares a write: permission → parse → transaction → run → audit entry in that transaction → commit. Leaving the
 * audit entry out doesn't compile. What is refused or goes wrong leaves an entry as well, of the act by its name.
 */
export function defineMutation<I extends z.ZodType, R>(definition: {
  permission: Permission;
  act: Act<z.input<I>>;
  input: I;
  run(context: { tx: Transaction; scope: Scope; input: z.output<I> }): Promise<Outcome<R>>;
}): Mutation<I, R> {
  const { permission, act, input: schema, run } = definition;
  const mutate = async (db: Database, scope: Scope, raw: z.input<I>): Promise<R> => {
    const startedAt = performance.now();
    try {
      scope.require(permission);
      const input = parseInput(schema, raw);
      return await db.transaction(async (tx) => {
        const { result, audit } = await run({ tx, scope, input });
        const durationMs = performance.now() - startedAt;
        for (const record of Array.isArray(audit) ? audit : [audit]) {
          await appendAudit(tx, scope, { durationMs, ...record });
        }
        return result;
      });
    } catch (error) {
      const durationMs = performance.now() - startedAt;
      await recordTrouble(db, scope, { ...failedAct(act, scope, raw), durationMs, permission }, error);
      throw error;
    }
  };
  return Object.assign(mutate, { permission, input: schema });
}

function failedAct<I>({ action, kind, id }: Act<I>, scope: Scope, input: unknown): FailedAct {
  const given = typeof id === "function" ? id(scope) : id === undefined ? "unknown" : idIn(input, id);
  return { action, object: { kind, id: given } };
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
