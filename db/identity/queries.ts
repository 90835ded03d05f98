import { and, asc, count, desc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { userAccounts } from "../accounts/schema.ts";
import type { Database, Transaction } from "../client.ts";
import { organisations, type Role, sessions, users } from "./schema.ts";

type Store = Database | Transaction;

export type LiveSession = {
  id: string;
  lastSeenAt: Date;
  user: {
    id: string;
    name: string;
    email: string;
    role: Role;
    organisationId: string;
    /** The accounts visible to them; null for every one. */
    accountIds: string[] | null;
  };
  organisation: { id: string; name: string; sandbox: boolean };
};

/** The accounts that a user of the query may see, as an array; null for every one. */
export const visibleAccountIds = sql<string[] | null>`case when ${users.seesAllAccounts} then null else array(
  select ${userAccounts.accountId} from ${userAccounts} where ${userAccounts.userId} = ${users.id}) end`;

const isLive = and(isNull(sessions.revokedAt), gt(sessions.expiresAt, sql`now()`));

/**
 * The session with this id while it counts: neither revoked nor expired, its user not disabled, and its organisation of
 * the kind that this installation serves. Asked before there is a scope, which is made from the answer.
 */
export async function findLiveSession(
  db: Store,
  sessionId: string,
  served: { sandbox: boolean },
): Promise<LiveSession | null> {
  const [row] = await db
    .select({
      id: sessions.id,
      lastSeenAt: sessions.lastSeenAt,
      user: {
        id: users.id,
        name: users.name,
        email: users.email,
        role: users.role,
        organisationId: users.organisationId,
        accountIds: visibleAccountIds,
      },
      organisation: { id: organisations.id, name: organisations.name, sandbox: organisations.sandbox },
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .innerJoin(organisations, eq(organisations.id, users.organisationId))
    .where(
      and(
        eq(sessions.id, sessionId),
        isLive,
        isNull(users.disabledAt),
        eq(organisations.sandbox, served.sandbox),
      ),
    );
  return row ?? null;
}

/** Notes that a session is in use, once a minute at most: most requests write nothing. */
export async function touchSession(db: Store, sessionId: string): Promise<void> {
  await db
    .update(sessions)
    .set({ lastSeenAt: sql`now()` })
    .where(and(eq(sessions.id, sessionId), sql`${sessions.lastSeenAt} < now() - interval '1 minute'`));
}

export type ListedSession = {
  id: string;
  user: { id: string; name: string; email: string; role: Role };
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  ip: string | null;
  userAgent: string | null;
};

/** The live sessions that the scope may see, last used first: everyone's for who manages users, else one's own; or one user's. */
export async function listSessions(
  db: Store,
  scope: Scope,
  { userId }: { userId?: string } = {},
): Promise<ListedSession[]> {
  scope.require("sessions:own");
  return db
    .select({
      id: sessions.id,
      user: { id: users.id, name: users.name, email: users.email, role: users.role },
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      expiresAt: sessions.expiresAt,
      ip: sessions.ip,
      userAgent: sessions.userAgent,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.organisationId, scope.organisationId),
        isLive,
        scope.can("users:manage") ? undefined : eq(sessions.userId, scope.actor.id),
        userId === undefined ? undefined : eq(sessions.userId, userId),
      ),
    )
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id))
    .limit(500);
}

export type SignInCandidate = {
  id: string;
  organisationId: string;
  role: Role;
  passwordHash: string | null;
  persona: boolean;
  disabled: boolean;
  sandbox: boolean;
};

const candidate = {
  id: users.id,
  organisationId: users.organisationId,
  role: users.role,
  passwordHash: users.passwordHash,
  persona: users.persona,
  disabled: sql<boolean>`${users.disabledAt} is not null`,
  sandbox: organisations.sandbox,
};

export async function findUserByEmail(db: Store, email: string): Promise<SignInCandidate | null> {
  const [row] = await db
    .select(candidate)
    .from(users)
    .innerJoin(organisations, eq(organisations.id, users.organisationId))
    .where(sql`lower(${users.email}) = lower(${email})`);
  return row ?? null;
}

export async function findUserById(db: Store, userId: string): Promise<SignInCandidate | null> {
  const [row] = await db
    .select(candidate)
    .from(users)
    .innerJoin(organisations, eq(organisations.id, users.organisationId))
    .where(eq(users.id, userId));
  return row ?? null;
}

export type Persona = { id: string; name: string; role: Role; organisation: string };

/** The personas of the sandbox's organisation, for its sign-in page. */
export async function listPersonas(db: Store): Promise<Persona[]> {
  return db
    .select({ id: users.id, name: users.name, role: users.role, organisation: organisations.name })
    .from(users)
    .innerJoin(organisations, eq(organisations.id, users.organisationId))
    .where(and(eq(users.persona, true), eq(organisations.sandbox, true), isNull(users.disabledAt)))
    .orderBy(asc(users.createdAt), asc(users.id));
}

/** The organisation that this installation serves: the sandbox's, or the first real one. */
export async function findServedOrganisation(
  db: Store,
  served: { sandbox: boolean },
): Promise<{ id: string; name: string } | null> {
  const [row] = await db
    .select({ id: organisations.id, name: organisations.name })
    .from(organisations)
    .where(eq(organisations.sandbox, served.sandbox))
    .orderBy(asc(organisations.createdAt), asc(organisations.id))
    .limit(1);
  return row ?? null;
}

export async function countUsers(db: Store, organisationId: string): Promise<number> {
  const [row] = await db
    .select({ users: count() })
    .from(users)
    .where(eq(users.organisationId, organisationId));
  return row?.users ?? 0;
}
