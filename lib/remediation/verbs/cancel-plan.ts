import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { remediationPlans } from "#db/remediation/schema.ts";
import { DomainError } from "../../errors.ts";
import { defineMutation } from "../../mutation.ts";
import { notifyPlan } from "../notify.ts";
import { guarded } from "./guarded.ts";
import { holdPlan } from "./hold-plan.ts";
import { Id } from "./inputs.ts";
import { standingOf } from "./plan-words.ts";

export const CancelPlanInput = z.strictObject({ planId: Id });

const cancellable = ["draft", "awaiting_approval", "approved"];

/**
 * Takes back a plan that has not begun: one's own, or, for who may decide on plans, anybody's that is approved or asks for
 * it. Throws `conflict` when it has begun or ended meanwhile.
 */
export const cancelPlan = guarded(
  defineMutation({
    permission: "remediation:propose",
    act: { action: "remediation_plan.cancel", kind: "remediation_plan", id: "planId" },
    input: CancelPlanInput,
    async run({ tx, scope, input: { planId } }) {
      const plan = await holdPlan(tx, scope, planId);
      const own = plan.requestedBy === scope.actor.id;
      if (!own && (plan.state === "draft" || !scope.can("remediation:decide"))) {
        throw new DomainError("forbidden", "Somebody else proposed this, so you can't cancel it.");
      }
      if (!cancellable.includes(plan.state)) {
        throw new DomainError("conflict", `Nothing was changed: it ${standingOf(plan.state)}.`);
      }
      await tx
        .update(remediationPlans)
        .set({ state: "cancelled", finishedAt: sql`now()`, revision: plan.revision + 1 })
        .where(eq(remediationPlans.id, planId));
      await notifyPlan(tx, scope.organisationId, planId);
      return {
        result: { planId, state: "cancelled" as const },
        audit: {
          action: "remediation_plan.cancel",
          object: { kind: "remediation_plan", id: planId },
          before: { state: plan.state },
          after: { state: "cancelled", requestedBy: plan.requestedBy },
        },
      };
    },
  }),
);
