import { eq } from "drizzle-orm";
import { users } from "#db/identity/schema.ts";
import { findingExceptionItems, findingExceptions } from "#db/triage/schema.ts";
import { hashPassword } from "#lib/auth/password.ts";
import { issueLink } from "#lib/users/user-links.ts";
import type { AccessTable, Given } from "../model.ts";

const admins = ["admin"] as const;
const deciders = ["ciso", "manager"] as const;

/** People are not of any account, so whoever sees only some of these is refused. */
const unseen = "forbidden" as const;
/** Not the caller's own: what some rows do to it ends its session. */
const auditor = ({ ids, role }: Given) => (role === "auditor" ? ids.userIds.ciso : ids.userIds.auditor);
const days = { critical: 7, high: 30, medium: 90, low: 120, info: null };

/** A request to accept the risk of the world's finding, asked by its analyst. */
async function askedException({ db, ids }: Given, askedBy = ids.userIds.analyst): Promise<string> {
  const [made] = await db
    .insert(findingExceptions)
    .values({
      ...{ organisationId: ids.organisationId, kind: "risk_accepted", status: "asked", askedBy },
      ...{ reason: "It is decided on elsewhere.", until: new Date(Date.now() + 7 * 86_400_000) },
      findings: { critical: 0, high: 0, medium: 0, low: 1, info: 0 },
    })
    .returning({ id: findingExceptions.id });
  if (!made) throw new Error("INSERT … RETURNING gave no row.");
  await db.insert(findingExceptionItems).values({ exceptionId: made.id, findingId: ids.findingId });
  return made.id;
}

async function withLink(given: Given): Promise<string> {
  await given.db.transaction((tx) => issueLink(tx, given.as("admin"), auditor(given), "invitation"));
  return auditor(given);
}

async function withPassword(given: Given): Promise<string> {
  const passwordHash = await hashPassword("a quiet harbour at dusk");
  await given.db
    .update(users)
    .set({ passwordHash })
    .where(eq(users.id, auditor(given)));
  return auditor(given);
}

async function disabled(given: Given): Promise<string> {
  await given.db
    .update(users)
    .set({ disabledAt: new Date() })
    .where(eq(users.id, auditor(given)));
  return auditor(given);
}

const invitation = { name: "New", email: "new@example.test", role: "analyst", visibility: { sees: "all" } };
const seesNone = { sees: "some", accountIds: [] };

/** People, their links, what they see, due dates, approvals. */
export const settings: AccessTable = {
  "lib/users/invite-user.ts#inviteUser": {
    roles: admins,
    input: () => invitation,
    // Another organisation's administrator invites somebody of their own.
    foreign: "done",
    unseen,
  },
  "lib/users/send-link.ts#resendInvitation": {
    roles: admins,
    input: (given) => ({ userId: auditor(given) }),
    unseen,
  },
  "lib/users/send-link.ts#createPasswordReset": {
    roles: admins,
    input: async (given) => ({ userId: await withPassword(given) }),
    unseen,
  },
  "lib/users/send-link.ts#cancelLink": {
    roles: admins,
    input: async (given) => ({ userId: await withLink(given) }),
    unseen,
  },
  "lib/users/change-role.ts#changeRole": {
    roles: admins,
    input: (given) => ({ userId: auditor(given), revision: 1, role: "ciso" }),
    unseen,
  },
  "lib/users/set-visibility.ts#setVisibility": {
    roles: admins,
    input: (given) => ({ userId: auditor(given), revision: 1, visibility: seesNone }),
    unseen,
  },
  "lib/users/rename-user.ts#renameUser": {
    roles: admins,
    input: (given) => ({ userId: auditor(given), revision: 1, name: "Renamed" }),
    unseen,
  },
  "lib/users/rename-user.ts#renameSelf": {
    roles: "everyone",
    input: () => ({ name: "Renamed" }),
    foreign: "done",
  },
  "lib/users/disable-user.ts#disableUser": {
    roles: admins,
    input: (given) => ({ userId: auditor(given), revision: 1 }),
    unseen,
  },
  "lib/audit/personal/erase.ts#erasePerson": {
    roles: admins,
    input: (given) => ({ userId: auditor(given), reason: "Asked for." }),
    unseen,
  },
  "app/(dashboard)/settings/users/actions.ts#eraseUserAction": {
    roles: admins,
    input: (given) => [auditor(given), "Asked for."],
    unseen,
  },
  "lib/users/disable-user.ts#enableUser": {
    roles: admins,
    input: async (given) => ({ userId: await disabled(given), revision: 1 }),
    unseen,
  },
  "lib/users/change-password.ts#setOwnPassword": {
    through: "app/(dashboard)/settings/profile/actions.ts#changePasswordAction",
  },
  "lib/auth/accept-link.ts#spendLink": { through: "app/(auth)/link/actions.ts#acceptLinkAction" },
  "app/(auth)/link/actions.ts#openLinkAction": {
    roles: "anyone",
    input: () => ["never made"],
    foreign: "done",
  },
  "app/(auth)/link/actions.ts#acceptLinkAction": {
    roles: "anyone",
    input: () => ["never made", "a quiet harbour at dusk"],
    foreign: "done",
  },
  "app/(dashboard)/settings/profile/actions.ts#renameSelfAction": {
    roles: "everyone",
    input: () => ["Renamed"],
    foreign: "done",
  },
  // Nobody in this world has a password.
  "app/(dashboard)/settings/profile/actions.ts#changePasswordAction": {
    roles: "everyone",
    input: () => ["a quiet harbour at dusk", "a loud harbour at dawn"],
    outcome: "conflict",
    foreign: "conflict",
  },
  "app/(dashboard)/settings/users/actions.ts#inviteUserAction": {
    roles: admins,
    input: () => [invitation],
    foreign: "done",
    unseen,
  },
  "app/(dashboard)/settings/users/actions.ts#resendInvitationAction": {
    roles: admins,
    input: (given) => [auditor(given)],
    unseen,
  },
  "app/(dashboard)/settings/users/actions.ts#createPasswordResetAction": {
    roles: admins,
    input: async (given) => [await withPassword(given)],
    unseen,
  },
  "app/(dashboard)/settings/users/actions.ts#cancelLinkAction": {
    roles: admins,
    input: async (given) => [await withLink(given)],
    unseen,
  },
  "app/(dashboard)/settings/users/actions.ts#changeRoleAction": {
    roles: admins,
    input: (given) => [auditor(given), 1, "ciso"],
    unseen,
  },
  "app/(dashboard)/settings/users/actions.ts#setVisibilityAction": {
    roles: admins,
    input: (given) => [auditor(given), 1, seesNone],
    unseen,
  },
  "app/(dashboard)/settings/users/actions.ts#renameUserAction": {
    roles: admins,
    input: (given) => [auditor(given), 1, "Renamed"],
    unseen,
  },
  "app/(dashboard)/settings/users/actions.ts#disableUserAction": {
    roles: admins,
    input: (given) => [auditor(given), 1],
    unseen,
  },
  "app/(dashboard)/settings/users/actions.ts#enableUserAction": {
    roles: admins,
    input: async (given) => [await disabled(given), 1],
    unseen,
  },
  "app/(dashboard)/settings/sla/actions.ts#setSlaPolicyAction": {
    roles: ["manager", "admin"],
    input: () => [days, 0],
    // Everybody sets their own organisation's.
    foreign: "done",
    unseen,
  },
  "GET /api/sla": {
    roles: "everyone",
    input: () => ({ query: { critical: "7", high: "30", medium: "90", low: "120" } }),
    foreign: "done",
  },
  "app/(dashboard)/approvals/actions.ts#decideAction": {
    roles: deciders,
    input: async (given) => [[{ exceptionId: await askedException(given), revision: 1 }], "grant", ""],
  },
  "app/(dashboard)/approvals/actions.ts#withdrawAction": {
    roles: ["analyst", "manager", "admin"],
    input: async (given) => [await askedException(given, given.scope.actor.id)],
  },
  "app/(dashboard)/approvals/actions.ts#endAcceptanceAction": {
    roles: ["analyst", "manager", "admin"],
    input: async (given) => [await askedException(given)],
    // It was not granted, so there is nothing to end.
    outcome: "conflict",
  },
  "GET /api/approvals/[exceptionId]/findings": {
    roles: "everyone",
    input: async (given) => ({ params: { exceptionId: await askedException(given) } }),
  },
};
