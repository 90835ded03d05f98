import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { isVisibleWhole } from "#db/triage/exception-queries.ts";
import { findingExceptions } from "#db/triage/schema.ts";
import type { Scope } from "../../auth/scope.ts";
import { DomainError } from "../../errors.ts";

export type HeldException = typeof findingExceptions.$inferSelect;

/**
 * Holds an exception until the transaction ends. Throws `not_found`, also for another organisation's, and for one that
 * reaches an account that the scope can't see.
 */
export async function holdException(
  tx: Transaction,
  scope: Scope,
  exceptionId: string,
): Promise<HeldException> {
  const [exception] = await tx
    .select()
    .from(findingExceptions)
    .where(
      and(
        eq(findingExceptions.id, exceptionId),
        eq(findingExceptions.organisationId, scope.organisationId),
        sql`exists (select from finding_exceptions e where e.id = ${findingExceptions.id} and ${isVisibleWhole(scope)})`,
      ),
    )
    .for("no key update");
  if (!exception) throw new DomainError("not_found", "There is no such mute or acceptance.");
  return exception;
}
