"use server";
import { revalidatePath } from "next/cache";
import { type ActionResult, runAction } from "#app/_actions/action.ts";
import { cancelPlan } from "#lib/remediation/verbs/cancel-plan.ts";
import { collectSecret } from "#lib/remediation/verbs/collect-secret.ts";
import { decidePlans } from "#lib/remediation/verbs/decide-plans.ts";
import { rollBackPlan } from "#lib/remediation/verbs/roll-back-plan.ts";
import { runPlan } from "#lib/remediation/verbs/run-plan.ts";
import { submitPlan } from "#lib/remediation/verbs/submit-plan.ts";

/** A plan as it was seen: a decision is on this content and on no other. */
export type SeenPlan = { planId: string; hash: string };

/** All of them, or none. */
export async function decidePlansAction(
  plans: readonly SeenPlan[],
  decision: "approve" | "reject",
  reason: string,
): Promise<ActionResult<unknown>> {
  const result = await runAction(decidePlans, { plans: [...plans], decision, reason });
  if (result.ok) revalidatePath("/approvals");
  return result;
}

export async function submitPlanAction(
  planId: string,
  revision: number,
  runWhenApproved: boolean,
): Promise<ActionResult<unknown>> {
  return runAction(submitPlan, { planId, revision, runWhenApproved });
}

export async function cancelPlanAction(planId: string): Promise<ActionResult<unknown>> {
  return runAction(cancelPlan, { planId });
}

export async function runPlanAction(planId: string): Promise<ActionResult<unknown>> {
  return runAction(runPlan, { planId });
}

export async function rollBackPlanAction(planId: string, reason: string): Promise<ActionResult<unknown>> {
  return runAction(rollBackPlan, { planId, reason });
}

/** Hands the secret over for the only time. */
export async function collectSecretAction(
  secretId: string,
): Promise<ActionResult<{ name: string; value: string }>> {
  return runAction(collectSecret, { secretId });
}
