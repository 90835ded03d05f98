import { and, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "../client.ts";
import { type Role, sessions, userIdentities, users } from "./schema.ts";

/** Who someone is at an identity provider. */
export type Identity = { organisationId: string; issuer: string; subject: string };

export type KnownUser = {
  id: string;
  organisationId: string;
  role: Role;
  name: string;
  email: string;
  hasPassword: boolean;
  persona: boolean;
  disabled: boolean;
};

const known = {
  id: users.id,
  organisationId: users.organisationId,
  role: users.role,
  name: users.name,
  email: users.email,
  hasPassword: sql<boolean>`${users.passwordHash} is not null`,
  persona: users.persona,
  disabled: sql<boolean>`${users.disabledAt} is not null`,
};

export async function findUserByIdentity(tx: Transaction, identity: Identity): Promise<KnownUser | null> {
  const { organisationId, issuer, subject } = identity;
  const [row] = await tx
    .select(known)
    .from(userIdentities)
    .innerJoin(users, eq(users.id, userIdentities.userId))
    .where(
      and(
        eq(userIdentities.organisationId, organisationId),
        eq(userIdentities.issuer, issuer),
        eq(userIdentities.subject, subject),
      ),
    );
  return row ?? null;
}

/** Whoever has this e-mail address, with whether they are someone at the provider already. */
export async function findUserByAddress(
  tx: Transaction,
  email: string,
  issuer: string,
): Promise<(KnownUser & { isAtIssuer: boolean }) | null> {
  const [row] = await tx
    .select({
      ...known,
      isAtIssuer: sql<boolean>`exists (
        select from ${userIdentities} where ${userIdentities.userId} = ${users.id} and ${userIdentities.issuer} = ${issuer}
      )`,
    })
    .from(users)
    .where(sql`lower(${users.email}) = lower(${email})`);
  return row ?? null;
}

/** Ends every session of a user's that still counts. Returns their ids. */
export async function endSessionsOf(tx: Transaction, userId: string): Promise<string[]> {
  const ended = await tx
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt), sql`${sessions.expiresAt} > now()`))
    .returning({ id: sessions.id });
  return ended.map(({ id }) => id);
}
