"use server";
import { revalidatePath } from "next/cache";
import { type ActionResult, runAction } from "#app/_actions/action.ts";
import type { SlaDays } from "#db/triage/schema.ts";
import { setSlaPolicy } from "#lib/findings/set-sla-policy.ts";

export async function setSlaPolicyAction(
  days: SlaDays,
  revision: number,
): Promise<ActionResult<{ revision: number }>> {
  const result = await runAction(setSlaPolicy, { days, revision });
  revalidatePath("/settings/sla");
  return result;
}
