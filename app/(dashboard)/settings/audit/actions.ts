"use server";
import { revalidatePath } from "next/cache";
import { type ActionResult, runAction } from "#app/_actions/action.ts";
import { requestArchive } from "#lib/audit/archive/archive-now.ts";
import { liftHold } from "#lib/audit/keeping/lift-hold.ts";
import { placeHold } from "#lib/audit/keeping/place-hold.ts";
import { setAuditPolicy } from "#lib/audit/keeping/set-policy.ts";

async function revalidated<R>(result: Promise<R>): Promise<R> {
  const ended = await result;
  revalidatePath("/settings/audit");
  return ended;
}

export async function setAuditPolicyAction(
  policy: { retentionDays: number; categoryDays: Record<string, number>; archiveMb: number },
  revision: number,
): Promise<ActionResult<{ revision: number }>> {
  return revalidated(runAction(setAuditPolicy, { ...policy, revision }));
}

/** A time from one moment up to another, ISO 8601; null is without end. */
type Stretch = { from: string | null; to: string | null };

export async function placeHoldAction(
  hold: Stretch & { name: string; reason: string },
): Promise<ActionResult<{ holdId: string }>> {
  return revalidated(runAction(placeHold, hold));
}

export async function liftHoldAction(
  holdId: string,
  reason: string,
): Promise<ActionResult<{ holdId: string }>> {
  return revalidated(runAction(liftHold, { holdId, reason }));
}

export async function requestArchiveAction(stretch: Stretch): Promise<ActionResult<{ queued: true }>> {
  return revalidated(runAction(requestArchive, stretch));
}
