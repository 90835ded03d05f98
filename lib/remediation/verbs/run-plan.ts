import { eq } from "drizzle-orm";
import { z } from "zod";
import { remediationPlans } from "#db/remediation/schema.ts";
import { readLimits } from "#db/remediation/settings-queries.ts";
import { DomainError } from "../../errors.ts";
import { defineMutation } from "../../mutation.ts";
import { notifyPlan } from "../notify.ts";
import { beginApproved } from "./begin-approved.ts";
import { guarded } from "./guarded.ts";
import { holdPlan } from "./hold-plan.ts";
import { Id } from "./inputs.ts";
import { standingOf } from "./plan-words.ts";

export const RunPlanInput = z.strictObject({ planId: Id });

/**
 * Begins an approved plan; outside its change window, as soon as that opens. Throws `conflict` for one that isn't
 * approved, has begun or expired, and while all changes are frozen.
 */
export const runPlan = guarded(
  defineMutation({
    permission: "remediation:run",
    input: RunPlanInput,
    async run({ tx, scope, input: { planId } }) {
      const plan = await holdPlan(tx, scope, planId);
      if (plan.state !== "approved") {
        throw new DomainError("conflict", `Nothing was begun: it ${standingOf(plan.state)}.`);
      }
      if (plan.expiresAt && plan.expiresAt.getTime() <= Date.now()) {
        throw new DomainError("conflict", "Nothing was begun: it has expired. Propose it again.");
      }
      const { frozen } = await readLimits(tx, scope.organisationId);
      if (frozen) {
        throw new DomainError("conflict", "Nothing was begun: all changes are frozen at present.");
      }
      await tx
        .update(remediationPlans)
        .set({ runWhenApproved: true, revision: plan.revision + 1 })
        .where(eq(remediationPlans.id, planId));
      await beginApproved(tx, { ...plan, runWhenApproved: true });
      await notifyPlan(tx, scope.organisationId, planId);
      return {
        result: { planId },
        audit: {
          action: "remediation_plan.run",
          object: { kind: "remediation_plan", id: planId },
          before: { state: plan.state },
          after: { hash: plan.hash },
        },
      };
    },
  }),
);
