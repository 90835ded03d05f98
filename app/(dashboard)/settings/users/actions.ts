"use server";
import { revalidatePath } from "next/cache";
import type { z } from "zod";
import { type ActionResult, runAct, runAction } from "#app/_actions/action.ts";
import type { Database } from "#db/client.ts";
import type { Role } from "#db/identity/roles.ts";
import { type Erased, erasePerson } from "#lib/audit/personal/erase.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { env } from "#lib/env.ts";
import { changeRole } from "#lib/users/change-role.ts";
import { disableUser, enableUser } from "#lib/users/disable-user.ts";
import { inviteUser } from "#lib/users/invite-user.ts";
import { renameUser } from "#lib/users/rename-user.ts";
import { cancelLink, createPasswordReset, resendInvitation } from "#lib/users/send-link.ts";
import { setVisibility } from "#lib/users/set-visibility.ts";
import type { InviteUserInput, VisibilityInput } from "#lib/users/user-input.ts";
import type { IssuedLink } from "#lib/users/user-links.ts";

/** A link as it is handed over: the whole address, which is shown this once. */
export type ShownLink = { userId: string; url: string; kind: IssuedLink["kind"]; expiresAt: string };

/** In the fragment, which browsers send to nobody: neither to this server's log nor to another site. */
const shown = ({ userId, link }: { userId: string; link: IssuedLink }): ShownLink => ({
  userId,
  url: `${env().authUrl}/link#${link.token}`,
  kind: link.kind,
  expiresAt: link.expiresAt,
});

/** What any of these changes shows on the list and on the page of the user. */
async function changed<R>(result: Promise<ActionResult<R>>): Promise<ActionResult<R>> {
  const settled = await result;
  revalidatePath("/settings/users", "layout");
  return settled;
}

const makeLink = (
  make: (db: Database, scope: Scope) => Promise<{ userId: string; link: IssuedLink }>,
): Promise<ActionResult<ShownLink>> => changed(runAct(async (db, scope) => shown(await make(db, scope))));

export async function inviteUserAction(
  input: z.input<typeof InviteUserInput>,
): Promise<ActionResult<ShownLink>> {
  return makeLink((db, scope) => inviteUser(db, scope, input));
}

export async function resendInvitationAction(userId: string): Promise<ActionResult<ShownLink>> {
  return makeLink((db, scope) => resendInvitation(db, scope, { userId }));
}

export async function createPasswordResetAction(userId: string): Promise<ActionResult<ShownLink>> {
  return makeLink((db, scope) => createPasswordReset(db, scope, { userId }));
}

export async function cancelLinkAction(userId: string): Promise<ActionResult<{ userId: string }>> {
  return changed(runAction(cancelLink, { userId }));
}

type Changed = Promise<ActionResult<{ userId: string; revision: number }>>;

export async function changeRoleAction(userId: string, revision: number, role: Role): Changed {
  return changed(runAction(changeRole, { userId, revision, role }));
}

export async function setVisibilityAction(
  userId: string,
  revision: number,
  visibility: z.input<typeof VisibilityInput>,
): Changed {
  return changed(runAction(setVisibility, { userId, revision, visibility }));
}

export async function renameUserAction(userId: string, revision: number, name: string): Changed {
  return changed(runAction(renameUser, { userId, revision, name }));
}

export async function disableUserAction(userId: string, revision: number): Changed {
  return changed(runAction(disableUser, { userId, revision }));
}

export async function enableUserAction(userId: string, revision: number): Changed {
  return changed(runAction(enableUser, { userId, revision }));
}

export async function eraseUserAction(userId: string, reason: string): Promise<ActionResult<Erased>> {
  return changed(runAction(erasePerson, { userId, reason }));
}
