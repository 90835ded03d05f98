"use server";
import { revalidatePath } from "next/cache";
import { type ActionResult, runAct, runAction } from "#app/_actions/action.ts";
import { requireSession } from "#lib/auth/session.ts";
import { changePassword } from "#lib/users/change-password.ts";
import { renameSelf } from "#lib/users/rename-user.ts";

export async function renameSelfAction(name: string): Promise<ActionResult<{ userId: string }>> {
  const result = await runAction(renameSelf, { name });
  revalidatePath("/", "layout");
  return result;
}

/** This session goes on; one's others end. */
export async function changePasswordAction(
  present: string,
  next: string,
): Promise<ActionResult<{ sessionsEnded: number }>> {
  return runAct(async (db, scope) => {
    const { session } = await requireSession();
    return changePassword(db, scope, { present, next, sessionId: session.id });
  });
}
