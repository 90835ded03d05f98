import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Permission } from "#lib/auth/permissions.ts";
import type { Scope } from "#lib/auth/scope.ts";
import type { Database, Transaction } from "../client.ts";
import { visibleAccountIds } from "../identity/queries.ts";
import { organisations, type Role, users } from "../identity/schema.ts";
import { apiTokens } from "./schema.ts";

type Store = Database | Transaction;

/** Why a token doesn't count; null for one that does. */
export type TokenRefusal = "revoked" | "expired" | "disabled" | "not_served";

export type StoredToken = {
  id: string;
  name: string;
  permissions: Permission[];
  expiresAt: Date;
  lastUsedAt: Date | null;
  refusal: TokenRefusal | null;
  user: {
    id: string;
    name: string;
    email: string;
    role: Role;
    organisationId: string;
    /** The accounts visible to them; null for every one. */
    accountIds: string[] | null;
  };
  organisation: { id: string; name: string };
};

/** The token with this hash, and whether it counts now. Asked before there is a scope, which is made from the answer. */
export async function findTokenByHash(
  db: Store,
  tokenHash: Uint8Array,
  served: { sandbox: boolean },
): Promise<StoredToken | null> {
  const [row] = await db
    .select({
      id: apiTokens.id,
      name: apiTokens.name,
      permissions: apiTokens.permissions,
      expiresAt: apiTokens.expiresAt,
      lastUsedAt: apiTokens.lastUsedAt,
      refusal: sql<TokenRefusal | null>`case
        when ${apiTokens.revokedAt} is not null then 'revoked'
        when ${apiTokens.expiresAt} <= now() then 'expired'
        when ${users.disabledAt} is not null then 'disabled'
        when ${organisations.sandbox} <> ${served.sandbox} then 'not_served' end`,
      user: {
        id: users.id,
        name: users.name,
        email: users.email,
        role: users.role,
        organisationId: users.organisationId,
        accountIds: visibleAccountIds,
      },
      organisation: { id: organisations.id, name: organisations.name },
    })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .innerJoin(organisations, eq(organisations.id, users.organisationId))
    .where(eq(apiTokens.tokenHash, tokenHash));
  return row ?? null;
}

/** Notes that a token is in use, once a minute at most: most requests write nothing here. */
export async function touchToken(db: Store, tokenId: string, address: string | null): Promise<void> {
  await db
    .update(apiTokens)
    .set({ lastUsedAt: sql`now()`, lastAddress: address })
    .where(
      and(
        eq(apiTokens.id, tokenId),
        sql`(${apiTokens.lastUsedAt} is null or ${apiTokens.lastUsedAt} < now() - interval '1 minute')`,
      ),
    );
}

/** Ends every token of a user's that still counts. Returns their ids. */
export async function endTokensOf(tx: Transaction, userId: string): Promise<string[]> {
  const ended = await tx
    .update(apiTokens)
    .set({ revokedAt: sql`now()` })
    .where(
      and(eq(apiTokens.userId, userId), isNull(apiTokens.revokedAt), gt(apiTokens.expiresAt, sql`now()`)),
    )
    .returning({ id: apiTokens.id });
  return ended.map(({ id }) => id);
}

/** A token as a list shows it; moments are ISO strings. */
export type TokenView = {
  id: string;
  name: string;
  user: { id: string; name: string; role: Role };
  permissions: Permission[];
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
  lastAddress: string | null;
};

/** The live tokens that the scope may see, newest first: everyone's for who manages users, else one's own; or one user's. */
export async function listTokens(
  db: Store,
  scope: Scope,
  { userId }: { userId?: string } = {},
): Promise<TokenView[]> {
  scope.require("tokens:own");
  const rows = await db
    .select({
      id: apiTokens.id,
      name: apiTokens.name,
      user: { id: users.id, name: users.name, role: users.role },
      permissions: apiTokens.permissions,
      createdAt: apiTokens.createdAt,
      expiresAt: apiTokens.expiresAt,
      lastUsedAt: apiTokens.lastUsedAt,
      lastAddress: apiTokens.lastAddress,
    })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(
      and(
        eq(apiTokens.organisationId, scope.organisationId),
        isNull(apiTokens.revokedAt),
        gt(apiTokens.expiresAt, sql`now()`),
        scope.can("users:manage") ? undefined : eq(apiTokens.userId, scope.actor.id),
        userId === undefined ? undefined : eq(apiTokens.userId, userId),
      ),
    )
    .orderBy(desc(apiTokens.createdAt), desc(apiTokens.id))
    .limit(500);
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }));
}
