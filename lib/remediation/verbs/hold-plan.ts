import { and, asc, inArray, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { remediationPlans } from "#db/remediation/schema.ts";
import { visiblePlans } from "#db/remediation/visible.ts";
import type { Scope } from "../../auth/scope.ts";
import { DomainError } from "../../errors.ts";

export type HeldPlan = typeof remediationPlans.$inferSelect;

/**
 * Holds plans until the transaction ends, always in the order of their ids. Throws `not_found` when one isn't there, is
 * another organisation's, or touches an account that the scope can't see.
 */
export async function holdPlans(
  tx: Transaction,
  scope: Scope,
  planIds: readonly string[],
): Promise<HeldPlan[]> {
  const wanted = new Set(planIds);
  const held = await tx
    .select()
    .from(remediationPlans)
    .where(
      and(
        inArray(remediationPlans.id, [...wanted]),
        sql`exists (select from remediation_plans p where p.id = ${remediationPlans.id} and ${visiblePlans(scope)})`,
      ),
    )
    .orderBy(asc(remediationPlans.id))
    .for("no key update");
  if (held.length < wanted.size) {
    throw new DomainError(
      "not_found",
      wanted.size === 1
        ? "There is no such plan."
        : "Nothing was changed: one of these plans isn't there any more.",
    );
  }
  return held;
}

export async function holdPlan(tx: Transaction, scope: Scope, planId: string): Promise<HeldPlan> {
  const [plan] = await holdPlans(tx, scope, [planId]);
  if (!plan) throw new DomainError("not_found", "There is no such plan.");
  return plan;
}
