"use server";
import { revalidatePath } from "next/cache";
import type { z } from "zod";
import { type ActionResult, runAct, runAction } from "#app/_actions/action.ts";
import {
  type ChangeAlertRuleInput,
  type CreateAlertRuleInput,
  changeAlertRule,
  createAlertRule,
  deleteAlertRule,
} from "#lib/audit/alerts/verbs/save-alert-rule.ts";
import type { ChannelTest } from "#lib/audit/alerts/verbs/test-alert-rule.ts";

async function revalidated<R>(result: Promise<R>): Promise<R> {
  const ended = await result;
  revalidatePath("/settings/audit/alerts");
  return ended;
}

export async function createAlertRuleAction(
  input: z.input<typeof CreateAlertRuleInput>,
): Promise<ActionResult<{ ruleId: string; secrets: Record<string, string> }>> {
  return revalidated(runAction(createAlertRule, input));
}

export async function changeAlertRuleAction(
  input: z.input<typeof ChangeAlertRuleInput>,
): Promise<ActionResult<{ ruleId: string; revision: number; secrets: Record<string, string> }>> {
  return revalidated(runAction(changeAlertRule, input));
}

export async function deleteAlertRuleAction(ruleId: string): Promise<ActionResult<{ ruleId: string }>> {
  return revalidated(runAction(deleteAlertRule, { ruleId }));
}

/** Tells every channel of a rule; what came of it is the result. */
export async function testAlertRuleAction(ruleId: string): Promise<ActionResult<ChannelTest[]>> {
  // The mail client is loaded by those alone who send.
  const { testAlertRule } = await import("#lib/audit/alerts/verbs/test-alert-rule.ts");
  return runAct((db, scope) => testAlertRule(db, scope, { ruleId }));
}
