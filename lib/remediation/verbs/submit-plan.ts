import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { remediationPlans } from "#db/remediation/schema.ts";
import { readLimits } from "#db/remediation/settings-queries.ts";
import { canonicalHash } from "../../canonical-json.ts";
import { DomainError } from "../../errors.ts";
import { defineMutation } from "../../mutation.ts";
import type { PlanDocument } from "../model.ts";
import { notifyPlan } from "../notify.ts";
import { beginApproved } from "./begin-approved.ts";
import { findAutoApproval } from "./find-auto-approval.ts";
import { guarded } from "./guarded.ts";
import { type HeldPlan, holdPlan } from "./hold-plan.ts";
import { Id, Revision } from "./inputs.ts";
import { standingOf } from "./plan-words.ts";
import { tellDeciders } from "./tell-deciders.ts";

export const SubmitPlanInput = z.strictObject({
  planId: Id,
  revision: Revision,
  /** Whether it begins by itself once approved; true when left out. */
  runWhenApproved: z.boolean().default(true),
});

/**
 * Sends one's own plan to whoever may decide on it. From here on nobody can change it. One that takes no approval, or has
 * a standing one, is approved at once. Throws `conflict` when it isn't ready, or was planned anew since `revision`.
 */
export const submitPlan = guarded(
  defineMutation({
    permission: "remediation:propose",
    act: { action: "remediation_plan.submit", kind: "remediation_plan", id: "planId" },
    input: SubmitPlanInput,
    async run({ tx, scope, input: { planId, revision, runWhenApproved } }) {
      const plan = await holdPlan(tx, scope, planId);
      if (plan.requestedBy !== scope.actor.id) {
        throw new DomainError("forbidden", "Somebody else proposed this, so they alone can submit it.");
      }
      const document = checkReady(plan, revision);
      const { expiryHours, maxResources } = await readLimits(tx, scope.organisationId);
      if (document.targets.length > maxResources) {
        throw new DomainError(
          "conflict",
          `Nothing was submitted: the plan changes ${document.targets.length} resources, and one plan may change ${maxResources}.`,
        );
      }
      const rules = plan.approvalsNeeded === 0 ? [] : await findAutoApproval(tx, plan);
      const approved = plan.approvalsNeeded === 0 || rules.length > 0;
      const state = approved ? ("approved" as const) : ("awaiting_approval" as const);
      const [submitted] = await tx
        .update(remediationPlans)
        .set({
          ...{ state, runWhenApproved, autoApproval: rules[0] ?? null, submittedAt: sql`now()` },
          expiresAt: sql`now() + make_interval(hours => ${expiryHours})`,
          ...(approved ? { decidedAt: sql`now()` } : {}),
          revision: plan.revision + 1,
        })
        .where(eq(remediationPlans.id, planId))
        .returning();
      if (!submitted) throw new DomainError("not_found", "There is no such plan.");
      const begun = approved ? await beginApproved(tx, submitted) : null;
      if (!approved) await tellDeciders(tx, submitted);
      await notifyPlan(tx, scope.organisationId, planId);
      return {
        result: { planId, state, revision: begun?.revision ?? submitted.revision },
        audit: {
          action: "remediation_plan.submit",
          object: { kind: "remediation_plan", id: planId },
          before: { state: plan.state },
          after: {
            ...{ state, hash: plan.hash, expiresAt: submitted.expiresAt?.toISOString() ?? null },
            ...{ approvalsNeeded: plan.approvalsNeeded, autoApprovals: rules, runWhenApproved },
          },
        },
      };
    },
  }),
);

/** What is to be submitted, if it can be. */
function checkReady(plan: HeldPlan, revision: number): PlanDocument {
  const refuse = (why: string): never => {
    throw new DomainError("conflict", `Nothing was submitted: ${why}`);
  };
  const { document, hash, plannedAt, error } = plan;
  if (plan.state !== "draft") return refuse(`it ${standingOf(plan.state)} already.`);
  if (error !== null) return refuse("it could not be planned. Propose it again.");
  if (!document || !hash || !plannedAt) return refuse("it is still being planned. Try again in a moment.");
  if (plan.revision !== revision) {
    return refuse("it has changed since you saw it. Look at it again, and submit it then.");
  }
  if (canonicalHash(document) !== hash)
    return refuse("its content is not what was planned. Propose it again.");
  const outcomes = document.targets.map(({ name, actions }) => ({
    name,
    refused: actions.find(({ plan: { outcome } }) => outcome === "refused")?.plan,
    changes: actions.some(({ plan: { outcome } }) => outcome === "change"),
  }));
  for (const { name, refused } of outcomes) {
    if (refused?.outcome !== "refused") continue;
    return refuse(
      `${name} can't be changed safely. ${refused.reason} Propose it again without this resource.`,
    );
  }
  if (!outcomes.some(({ changes }) => changes)) return refuse("there is nothing that it would change.");
  return document;
}
