"use server";
import { revalidatePath } from "next/cache";
import { type ActionResult, runAction } from "#app/_actions/action.ts";
import { revokeOtherSessions as revokeOthers } from "#lib/auth/revoke-other-sessions.ts";
import { revokeSession as revokeOne } from "#lib/auth/revoke-session.ts";

export async function revokeSession(sessionId: string): Promise<ActionResult<{ sessionId: string }>> {
  const result = await runAction(revokeOne, { sessionId });
  revalidatePath("/settings/sessions");
  return result;
}

export async function revokeOtherSessions(keep: string): Promise<ActionResult<{ revoked: number }>> {
  const result = await runAction(revokeOthers, { keep });
  revalidatePath("/settings/sessions");
  return result;
}
