import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { remediationPlans } from "#db/remediation/schema.ts";
import { DomainError } from "../../errors.ts";
import { cleaned } from "../../findings/triage/cleaned.ts";
import { defineMutation } from "../../mutation.ts";
import { notifyPlan } from "../notify.ts";
import { startRollback } from "../run/start-rollback.ts";
import { guarded } from "./guarded.ts";
import { type HeldPlan, holdPlan } from "./hold-plan.ts";
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
    act: { action: "remediation_plan.roll_back", kind: "remediation_plan", id: "planId" },
    input: RollBackPlanInput,
    async run({ tx, scope, input: raw }) {
      const { planId, reason } = cleaned(raw);
      const plan = await holdPlan(tx, scope, planId);
      if (!restorable.includes(plan.state)) {
        throw new DomainError("conflict", `Nothing was changed: it ${standingOf(plan.state)}.`);
      }
      if (scope.actor.kind !== "user") throw new DomainError("forbidden", "A person has to ask for this.");
      if (!canBeUndone(plan)) {
        throw new DomainError("conflict", "Nothing was changed: nothing of what it did can be undone.");
      }
      await tx
        .update(remediationPlans)
        .set({
          ...{ state: "rolling_back", rollbackBy: scope.actor.id, rollbackReason: reason },
          ...{ rollbackAt: sql`now()`, revision: plan.revision + 1 },
        })
        .where(eq(remediationPlans.id, planId));
      await startRollback(tx, planId);
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

const canBeUndone = ({ reversible, document }: HeldPlan): boolean =>
  reversible ||
  (document?.targets.some(({ actions }) =>
    actions.some(({ plan }) => plan.outcome === "change" && "calls" in plan.wayBack),
  ) ??
    false);
