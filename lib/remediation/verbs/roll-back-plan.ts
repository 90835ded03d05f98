import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { remediationPlans } from "#db/remediation/schema.ts";
import { DomainError } from "../../errors.ts";
import { cleaned } from "../../findings/triage/cleaned.ts";
import { enqueue } from "../../jobs/queue.ts";
import { defineMutation } from "../../mutation.ts";
import { notifyPlan } from "../notify.ts";
import { guarded } from "./guarded.ts";
import { holdPlan } from "./hold-plan.ts";
import { Id, Reason } from "./inputs.ts";
import { standingOf } from "./plan-words.ts";

export const RollBackPlanInput = z.strictObject({
  planId: Id,
  /** Kept with the plan. */
  reason: Reason,
});

const restorable = ["succeeded", "changed_unverified", "failed", "rollback_failed"];

/**
 * Puts every resource of a plan back as it was before. What somebody has changed since is left as it is, which the plan
 * then says. Throws `conflict` when nothing was carried out, or it is being rolled back already.
 */
export const rollBackPlan = guarded(
  defineMutation({
    permission: "remediation:run",
    input: RollBackPlanInput,
    async run({ tx, scope, input: raw }) {
      const { planId, reason } = cleaned(raw);
      const plan = await holdPlan(tx, scope, planId);
      if (!restorable.includes(plan.state)) {
        throw new DomainError("conflict", `Nothing was changed: it ${standingOf(plan.state)}.`);
      }
      if (scope.actor.kind !== "user") throw new DomainError("forbidden", "A person has to ask for this.");
      const steps = await tx.execute<{ id: string }>(sql`
        select distinct on (s.target_id) s.id from remediation_steps s
        where s.plan_id = ${planId} and s.before is not null
          and (s.state in ('applied', 'rollback_failed') or s.state = 'failed' and s.calls <> '[]')
        order by s.target_id, s.ordinal desc
      `);
      if (steps.length === 0) {
        throw new DomainError("conflict", "Nothing was changed: there is nothing to roll back.");
      }
      await tx
        .update(remediationPlans)
        .set({
          ...{ state: "rolling_back", rollbackBy: scope.actor.id, rollbackReason: reason },
          ...{ rollbackAt: sql`now()`, revision: plan.revision + 1 },
        })
        .where(eq(remediationPlans.id, planId));
      await enqueue(
        tx,
        "remediation-rollback",
        steps.map(({ id }) => ({ data: { stepId: id } })),
      );
      await notifyPlan(tx, scope.organisationId, planId);
      return {
        result: { planId, state: "rolling_back" as const },
        audit: {
          action: "remediation_plan.roll_back",
          object: { kind: "remediation_plan", id: planId },
          before: { state: plan.state },
          after: { state: "rolling_back", reason },
        },
      };
    },
  }),
);
