import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { remediationApprovals, remediationPlans } from "#db/remediation/schema.ts";
import type { AuditRecord } from "../../audit/append.ts";
import type { Scope } from "../../auth/scope.ts";
import { DomainError } from "../../errors.ts";
import { tell } from "../../findings/triage/tell.ts";
import { queueMails } from "../../mail/queue-mails.ts";
import type { PlanState } from "../model.ts";
import { notifyPlan } from "../notify.ts";
import { beginApproved } from "./begin-approved.ts";
import type { HeldPlan } from "./hold-plan.ts";
import { standingOf } from "./plan-words.ts";

/** The fields of a decision. */
export const decision = {
  decision: z.enum(["approve", "reject"]),
  /** Kept with the decision; a rejection must say why. */
  reason: z.string().trim().max(2_000).default(""),
};
export const saysWhy = ({ decision, reason }: { decision: "approve" | "reject"; reason: string }) =>
  decision === "approve" || reason.length >= 3;
export const sayWhy = { path: ["reason"], message: "Say why, in three characters or more." };

export type Decided = {
  planId: string;
  state: PlanState;
  /** Approvals that it has, and that it takes. */
  approvals: number;
  approvalsNeeded: number;
};

type Given = { hash: string; decision: "approve" | "reject"; reason: string };

/** Decides on a plan that the transaction holds. */
export async function decideOne(
  tx: Transaction,
  scope: Scope,
  plan: HeldPlan,
  { hash, decision, reason }: Given,
): Promise<{ decided: Decided; audit: AuditRecord }> {
  const { id: planId, organisationId, requestedBy } = plan;
  const userId = scope.actor.id;
  checkDecidable(scope, plan, hash);
  const earlier = await tx
    .select({ userId: remediationApprovals.userId })
    .from(remediationApprovals)
    .where(eq(remediationApprovals.planId, planId));
  if (earlier.some((each) => each.userId === userId)) {
    throw refusal(plan, "you have approved it already, and it takes another person's approval, too.");
  }
  await tx
    .insert(remediationApprovals)
    .values({ organisationId, planId, planHash: hash, requestedBy, userId, decision, reason });
  const approvals = earlier.length + (decision === "approve" ? 1 : 0);
  const state = stateAfter(decision, approvals, plan.approvalsNeeded);
  const [changed] = await tx
    .update(remediationPlans)
    .set({
      ...{ state, revision: plan.revision + 1 },
      ...(state === "awaiting_approval" ? {} : { decidedAt: sql`now()` }),
    })
    .where(eq(remediationPlans.id, planId))
    .returning();
  if (state !== "awaiting_approval") {
    await tell(tx, [requestedBy], {
      ...{ organisationId, kind: "fix_decided", actorId: userId, planId },
      excerpt: `${state === "approved" ? "Approved" : "Rejected"}: ${reason || plan.title}`,
    });
    await queueMails(tx, organisationId, [requestedBy], { kind: "plan_decided", planId });
  }
  if (changed && state === "approved") await beginApproved(tx, changed);
  await notifyPlan(tx, organisationId, planId);
  return {
    decided: { planId, state, approvals, approvalsNeeded: plan.approvalsNeeded },
    audit: {
      action: `remediation_plan.${decision}`,
      object: { kind: "remediation_plan", id: planId },
      before: { state: plan.state },
      after: { state, hash, reason, requestedBy, approvals, approvalsNeeded: plan.approvalsNeeded },
    },
  };
}

function stateAfter(decision: Given["decision"], approvals: number, needed: number) {
  if (decision === "reject") return "rejected" as const;
  return approvals >= needed ? ("approved" as const) : ("awaiting_approval" as const);
}

const refusal = ({ title }: HeldPlan, why: string) =>
  new DomainError("conflict", `Nothing was changed (${title}): ${why}`);

function checkDecidable(scope: Scope, plan: HeldPlan, hash: string): void {
  if (scope.actor.kind !== "user") throw refusal(plan, "a person has to decide on it.");
  if (plan.state !== "awaiting_approval") {
    const expects = plan.state === "draft" ? "" : ", so there is nothing to decide on any more";
    throw refusal(plan, `it ${standingOf(plan.state)}${expects}.`);
  }
  if (plan.requestedBy === scope.actor.id) {
    throw new DomainError("forbidden", "You asked for this yourself, so somebody else has to decide on it.");
  }
  if (plan.hash !== hash) {
    throw refusal(plan, "this is not the plan that you have seen. Look at it again, and decide then.");
  }
  if (plan.expiresAt && plan.expiresAt.getTime() <= Date.now()) {
    throw refusal(plan, "it has expired. Whoever wants it has to propose it again.");
  }
}
