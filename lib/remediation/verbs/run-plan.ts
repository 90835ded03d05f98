import { eq } from "drizzle-orm";
import { z } from "zod";
import { remediationPlans } from "#db/remediation/schema.ts";
import { DomainError } from "../../errors.ts";
import { defineMutation } from "../../mutation.ts";
import { notifyPlan } from "../notify.ts";
import type { HeldBy } from "../run/begin-plan.ts";
import { beginApproved } from "./begin-approved.ts";
import { guarded } from "./guarded.ts";
import { holdPlan } from "./hold-plan.ts";
import { Id } from "./inputs.ts";
import { standingOf } from "./plan-words.ts";

export const RunPlanInput = z.strictObject({ planId: Id });

export type Run = {
  planId: string;
  state: "running" | "approved";
  /** What it waits for, if it has not begun: it does so as soon as the window opens. */
  waitsFor: "window" | null;
};

const why: Readonly<Record<Exclude<HeldBy, "window">, string>> = {
  freeze: "all changes are frozen at present.",
  limit: "it changes more resources than one plan may change by now.",
  busy: "another plan is at work on one of its resources. Try again when that has ended.",
  people: "somebody who asked for it or approved it may not do so any more. Propose it again.",
  content: "its content is not what was approved. Propose it again.",
};

/**
 * Begins an approved plan; outside its change window, as soon as that opens. Throws `conflict` for one that isn't
 * approved, has begun or expired, and while all changes are frozen.
 */
export const runPlan = guarded(
  defineMutation({
    permission: "remediation:run",
    act: { action: "remediation_plan.run", kind: "remediation_plan", id: "planId" },
    input: RunPlanInput,
    async run({ tx, scope, input: { planId } }) {
      const plan = await holdPlan(tx, scope, planId);
      if (plan.state !== "approved") {
        throw new DomainError("conflict", `Nothing was begun: it ${standingOf(plan.state)}.`);
      }
      if (plan.expiresAt && plan.expiresAt.getTime() <= Date.now()) {
        throw new DomainError("conflict", "Nothing was begun: it has expired. Propose it again.");
      }
      await tx
        .update(remediationPlans)
        .set({ runWhenApproved: true, revision: plan.revision + 1 })
        .where(eq(remediationPlans.id, planId));
      const { state, heldBy } = await beginApproved(tx, { ...plan, runWhenApproved: true });
      // The change of the plan goes with the transaction: what was refused has not been asked for.
      if (heldBy !== null && heldBy !== "window") {
        throw new DomainError("conflict", `Nothing was begun: ${why[heldBy]}`);
      }
      await notifyPlan(tx, scope.organisationId, planId);
      const result: Run = { planId, state: state === "approved" ? "approved" : "running", waitsFor: heldBy };
      return {
        result,
        audit: {
          action: "remediation_plan.run",
          object: { kind: "remediation_plan", id: planId },
          before: { state: plan.state },
          after: { hash: plan.hash, waitsFor: heldBy },
        },
      };
    },
  }),
);
