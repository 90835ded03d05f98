import { z } from "zod";
import { cleaned } from "../../findings/triage/cleaned.ts";
import { defineMutation } from "../../mutation.ts";
import { decideOne, decision, saysWhy, sayWhy } from "./decide-one.ts";
import { guarded } from "./guarded.ts";
import { holdPlan } from "./hold-plan.ts";
import { Id, PlanHash } from "./inputs.ts";

export const DecidePlanInput = z
  .strictObject({
    planId: Id,
    /** Of the plan that was looked at: the decision is for this content and no other. */
    hash: PlanHash,
    ...decision,
  })
  .refine(saysWhy, sayWhy);

/**
 * Approves or rejects a plan that somebody else asked for. With its last approval it begins, unless it was asked to wait.
 * Throws `forbidden` for one's own, and `conflict` when it is not the plan that was seen, was decided on meanwhile or has
 * expired.
 */
export const decidePlan = guarded(
  defineMutation({
    permission: "remediation:decide",
    act: { action: "remediation_plan.decide", kind: "remediation_plan", id: "planId" },
    input: DecidePlanInput,
    async run({ tx, scope, input: raw }) {
      const { planId, ...given } = cleaned(raw);
      const { decided, audit } = await decideOne(tx, scope, await holdPlan(tx, scope, planId), given);
      return { result: decided, audit };
    },
  }),
);
