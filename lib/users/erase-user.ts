import { and, eq, sql } from "drizzle-orm";
import { endTokensOf } from "#db/api/queries.ts";
import { apiTokens } from "#db/api/schema.ts";
import type { Transaction } from "#db/client.ts";
import { endSessionsOf } from "#db/identity/identities.ts";
import { sessions, userIdentities, users } from "#db/identity/schema.ts";
import { notifications, savedViews } from "#db/triage/schema.ts";
import { eraseSubjectOfUser, eraseValues } from "../audit/personal/erase-subjects.ts";
import { eraseFromReports } from "../audit/reports/erase-from-reports.ts";
import type { Scope } from "../auth/scope.ts";
import { erasedAddress, erasedName } from "./erased.ts";
import { holdUser, keepSomeoneInCharge, refuseOneself, refusePersona } from "./hold-user.ts";
import { voidLinks } from "./user-links.ts";

/** What became of a user who was erased. */
export type ErasedUser = {
  kind: "user";
  subject: string;
  /** Keys destroyed: the user's own, and those of their e-mail address and the addresses that they came from. */
  keys: number;
  sessionsEnded: number;
  tokensEnded: number;
  linksEnded: number;
  reports: number;
};

/**
 * Makes a user nobody: no name, address, password, identity, session data, notifications or views of their own. The row itself
 * stays, since plans, approvals and comments name it, and so does what they wrote.
 */
export async function eraseUser(tx: Transaction, scope: Scope, userId: string): Promise<ErasedUser> {
  const user = await holdUser(tx, scope, { userId });
  refusePersona(user);
  refuseOneself(scope, user.id, "erasing yourself");
  const { organisationId } = scope;
  const addresses = await addressesOf(tx, user.id);
  const linksEnded = (await voidLinks(tx, organisationId, user.id)).length;
  const sessionsEnded = (await endSessionsOf(tx, user.id)).length;
  const tokensEnded = (await endTokensOf(tx, user.id)).length;
  await tx
    .update(users)
    .set({
      ...{ name: erasedName, email: erasedAddress(user.id), passwordHash: null },
      ...{ disabledAt: user.disabledAt ?? sql`now()`, revision: user.revision + 1 },
    })
    .where(eq(users.id, user.id));
  await keepSomeoneInCharge(tx, user);
  await tx.delete(userIdentities).where(eq(userIdentities.userId, user.id));
  await tx.update(sessions).set({ ip: null, userAgent: null }).where(eq(sessions.userId, user.id));
  await tx.update(apiTokens).set({ lastAddress: null }).where(eq(apiTokens.userId, user.id));
  await tx.delete(notifications).where(eq(notifications.userId, user.id));
  await tx.delete(savedViews).where(and(eq(savedViews.userId, user.id), eq(savedViews.shared, false)));
  const own = await eraseSubjectOfUser(tx, organisationId, user.id);
  const others = await eraseValues(tx, organisationId, [user.email, ...addresses]);
  const reports = await eraseFromReports(tx, organisationId, user.id);
  const keys = others.length + (own ? 1 : 0);
  return { kind: "user", subject: user.id, keys, sessionsEnded, tokensEnded, linksEnded, reports };
}

/** Those that the user is known to have come from. */
async function addressesOf(tx: Transaction, userId: string): Promise<string[]> {
  const rows = await tx.execute<{ address: string }>(sql`
    select ip as address from sessions where user_id = ${userId} and ip is not null
    union select last_address from api_tokens where user_id = ${userId} and last_address is not null
  `);
  return rows.map(({ address }) => address);
}
