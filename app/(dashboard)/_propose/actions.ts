"use server";
import { type ActionResult, runAction } from "#app/_actions/action.ts";
import type { Json } from "#lib/remediation/model.ts";
import { createPlan } from "#lib/remediation/verbs/create-plan.ts";

export type ProposedFix = {
  /** The playbook's id. */
  playbook: string;
  findingIds: string[];
  parameters: Record<string, Json>;
  reason: string;
};

export async function proposeFixAction(fix: ProposedFix): Promise<ActionResult<{ planId: string }>> {
  return runAction(createPlan, fix);
}
