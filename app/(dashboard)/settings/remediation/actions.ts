"use server";
import { revalidatePath } from "next/cache";
import { type ActionResult, runAct, runAction } from "#app/_actions/action.ts";
import type { RemediationLimits } from "#db/remediation/model.ts";
import type { Severity } from "#lib/checks/model.ts";
import { allowAutoApproval, withdrawAutoApproval } from "#lib/remediation/verbs/auto-approvals.ts";
import { deleteChangeWindow, saveChangeWindow } from "#lib/remediation/verbs/change-windows.ts";
import { setFreeze } from "#lib/remediation/verbs/set-freeze.ts";
import { setRemediationLimits } from "#lib/remediation/verbs/set-limits.ts";
import type { WindowDraft } from "./window-draft.ts";

async function revalidated<R>(result: Promise<R>): Promise<R> {
  const ended = await result;
  revalidatePath("/settings/remediation");
  return ended;
}

export async function setLimitsAction(
  limits: RemediationLimits,
  revision: number,
): Promise<ActionResult<{ revision: number }>> {
  return revalidated(runAction(setRemediationLimits, { ...limits, revision }));
}

export async function setFreezeAction(
  frozen: boolean,
  reason: string,
): Promise<ActionResult<{ frozen: boolean }>> {
  return revalidated(runAction(setFreeze, { frozen, reason }));
}

export async function saveWindowAction(
  window: WindowDraft,
  windowId?: string,
): Promise<ActionResult<{ windowId: string }>> {
  return revalidated(runAction(saveChangeWindow, { ...window, ...(windowId ? { windowId } : {}) }));
}

export async function deleteWindowAction(windowId: string): Promise<ActionResult<{ windowId: string }>> {
  return revalidated(runAction(deleteChangeWindow, { windowId }));
}

export async function allowAutoApprovalAction(rule: {
  playbook: string;
  accountId: string;
  severity: Severity;
}): Promise<ActionResult<{ ruleId: string }>> {
  return revalidated(runAction(allowAutoApproval, rule));
}

export async function withdrawAutoApprovalAction(ruleId: string): Promise<ActionResult<{ ruleId: string }>> {
  return revalidated(runAction(withdrawAutoApproval, { ruleId }));
}

/** Sends an e-mail to whoever asks; what the mail server said is the result. */
export async function sendTestMailAction(): Promise<
  ActionResult<{ to: string; sent: boolean; error: string | null }>
> {
  // The mail client is loaded by those alone who send.
  const { sendTestMail } = await import("#lib/mail/send-test-mail.ts");
  return runAct(sendTestMail);
}
