import { and, asc, count, desc, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { Database, Transaction } from "../client.ts";
import type { Person } from "../findings/model.ts";
import { type Role, users } from "../identity/schema.ts";
import { isVisibleWhole } from "./exception-queries.ts";
import {
  type notificationKinds,
  notifications,
  type SlaDays,
  savedViews,
  slaPolicies,
  type viewAreas,
} from "./schema.ts";

export { getChange, listRunningChanges, type TriageChange } from "./change-queries.ts";
export {
  type ExceptionPage,
  type ExceptionQuery,
  type ExceptionView,
  getException,
  listExceptions,
} from "./exception-queries.ts";

type Store = Database | Transaction;

export type SavedView = {
  id: string;
  area: (typeof viewAreas)[number];
  name: string;
  /** The part of the list's address after the question mark. */
  query: string;
  shared: boolean;
  /** Whether it is the reader's own, who alone can change it. */
  own: boolean;
  owner: Person;
  updatedAt: string;
};

/** One's own views and those that others share, by name. */
export async function listViews(db: Store, scope: Scope, area: SavedView["area"]): Promise<SavedView[]> {
  scope.require("views:own");
  const rows = await db
    .select({ view: savedViews, owner: { id: users.id, name: users.name } })
    .from(savedViews)
    .innerJoin(users, eq(users.id, savedViews.userId))
    .where(
      and(
        eq(savedViews.organisationId, scope.organisationId),
        eq(savedViews.area, area),
        or(eq(savedViews.shared, true), eq(savedViews.userId, scope.actor.id)),
      ),
    )
    .orderBy(asc(sql`lower(${savedViews.name})`), asc(savedViews.id));
  return rows.map(({ view: { id, name, query, shared, userId, updatedAt }, owner }) => ({
    ...{ id, area, name, query, shared, owner },
    own: userId === scope.actor.id,
    updatedAt: updatedAt.toISOString(),
  }));
}

export type Notification = {
  id: string;
  kind: (typeof notificationKinds)[number];
  /** What it is about: at most one of these leads somewhere on its own; a change may name its only finding, too. */
  findingId: string | null;
  exceptionId: string | null;
  changeId: string | null;
  planId: string | null;
  /** Who caused it; null for Parapet itself. */
  actor: Person | null;
  /** One line, 200 characters at most; not to be trusted as markup. */
  excerpt: string;
  at: string;
  readAt: string | null;
};

/** The reader's newest notifications, newest first. */
export async function listNotifications(
  db: Store,
  scope: Scope,
  { limit }: { limit: number },
): Promise<Notification[]> {
  scope.require("findings:read");
  const rows = await db
    .select({ told: notifications, actor: { id: users.id, name: users.name } })
    .from(notifications)
    .leftJoin(users, eq(users.id, notifications.actorId))
    .where(ownNotifications(scope))
    .orderBy(desc(notifications.at), desc(notifications.id))
    .limit(limit);
  return rows.map(
    ({ told: { id, kind, findingId, exceptionId, changeId, planId, excerpt, at, readAt }, actor }) => ({
      ...{ id, kind, findingId, exceptionId, changeId, planId, actor, excerpt },
      at: at.toISOString(),
      readAt: readAt?.toISOString() ?? null,
    }),
  );
}

/** How many notifications the reader has not read. */
export async function countUnread(db: Store, scope: Scope): Promise<number> {
  scope.require("findings:read");
  const [row] = await db
    .select({ unread: count() })
    .from(notifications)
    .where(and(ownNotifications(scope), isNull(notifications.readAt)));
  return row?.unread ?? 0;
}

/** Those of accounts that the reader no longer sees are left out: an excerpt quotes what was said of their findings. */
const ownNotifications = (scope: Scope): SQL | undefined =>
  and(
    eq(notifications.organisationId, scope.organisationId),
    eq(notifications.userId, scope.actor.id),
    scope.accountIds === null
      ? undefined
      : and(
          sql`not exists (select from findings hidden where hidden.id = ${notifications.findingId}
            and hidden.account_id not in (select jsonb_array_elements_text(${JSON.stringify(scope.accountIds)}::jsonb)))`,
          sql`not exists (select from finding_exceptions e
            where e.id = ${notifications.exceptionId} and not (${isVisibleWhole(scope)}))`,
        ),
  );

/** Days by severity where an organisation has set none; what `sla_due` of the database takes, too. */
export const usualSlaDays: SlaDays = { critical: 7, high: 30, medium: 90, low: 120, info: null };

/** `revision` is 0, and `updatedAt` null, as long as the organisation has set no policy of its own. */
export type SlaPolicy = { days: SlaDays; revision: number; updatedAt: string | null };

export async function getSlaPolicy(db: Store, scope: Scope): Promise<SlaPolicy> {
  scope.require("findings:read");
  const [row] = await db
    .select()
    .from(slaPolicies)
    .where(eq(slaPolicies.organisationId, scope.organisationId));
  if (!row) return { days: usualSlaDays, revision: 0, updatedAt: null };
  return { days: row.days, revision: row.revision, updatedAt: row.updatedAt.toISOString() };
}

export type Assignable = Person & { role: Role };

/**
 * Enabled users of the organisation, by name; with an account, those who see it. Findings are assigned to them, and they
 * can be mentioned.
 */
export async function listAssignable(
  db: Store,
  scope: Scope,
  { accountId }: { accountId?: string } = {},
): Promise<Assignable[]> {
  scope.require("findings:read");
  const sees =
    accountId === undefined
      ? undefined
      : or(
          eq(users.seesAllAccounts, true),
          sql`exists (select from user_accounts v where v.user_id = ${users.id} and v.account_id = ${accountId})`,
        );
  return db
    .select({ id: users.id, name: users.name, role: users.role })
    .from(users)
    .where(and(eq(users.organisationId, scope.organisationId), isNull(users.disabledAt), sees))
    .orderBy(asc(users.name), asc(users.id));
}
