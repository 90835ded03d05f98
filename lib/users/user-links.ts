import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { type userLinkKinds, userLinks } from "#db/identity/schema.ts";
import type { Scope } from "../auth/scope.ts";

export type UserLinkKind = (typeof userLinkKinds)[number];

/** How long each kind of link works, in days. */
export const linkLifeDays: Readonly<Record<UserLinkKind, number>> = { invitation: 7, password_reset: 1 };

/** A link just made. The token is in the answer to who made it and nowhere else. */
export type IssuedLink = { token: string; kind: UserLinkKind; expiresAt: string };

/** What the database keeps of a token. */
export const hashLinkToken = (token: string): string => createHash("sha256").update(token).digest("hex");

/** Of a link that still works. */
export const isOpenLink = and(isNull(userLinks.usedAt), gt(userLinks.expiresAt, sql`now()`));

/** Makes a link by which the user sets a password; those before it stop working. */
export async function issueLink(
  tx: Transaction,
  scope: Scope,
  userId: string,
  kind: UserLinkKind,
): Promise<IssuedLink> {
  await voidLinks(tx, scope.organisationId, userId);
  const token = randomBytes(32).toString("base64url");
  const [made] = await tx
    .insert(userLinks)
    .values({
      tokenHash: hashLinkToken(token),
      organisationId: scope.organisationId,
      userId,
      kind,
      createdBy: scope.actor.id,
      expiresAt: sql`now() + make_interval(days => ${linkLifeDays[kind]})`,
    })
    .returning({ expiresAt: userLinks.expiresAt });
  if (!made) throw new Error("INSERT … RETURNING gave no row.");
  return { token, kind, expiresAt: made.expiresAt.toISOString() };
}

/** Ends the links of a user that still work. Returns of which kinds they were. */
export async function voidLinks(
  tx: Transaction,
  organisationId: string,
  userId: string,
): Promise<UserLinkKind[]> {
  const ended = await tx
    .update(userLinks)
    .set({ expiresAt: sql`now()` })
    .where(and(eq(userLinks.organisationId, organisationId), eq(userLinks.userId, userId), isOpenLink))
    .returning({ kind: userLinks.kind });
  return ended.map(({ kind }) => kind);
}
