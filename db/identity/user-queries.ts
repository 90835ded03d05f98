import { type SQL, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import type { Database, Transaction } from "../client.ts";
import { withoutNul } from "../insert-rows.ts";
import type { Role, userLinkKinds } from "./schema.ts";

type Store = Database | Transaction;

/** `invited`: has not set a password yet, and comes through no identity provider either. */
export type UserState = "active" | "invited" | "disabled";

/** Somebody of the organisation, as who manages users sees them; moments are ISO strings. */
export type UserView = {
  id: string;
  name: string;
  email: string;
  role: Role;
  state: UserState;
  /** One of the sandbox's people, who are given. */
  persona: boolean;
  hasPassword: boolean;
  /** Issuers of the identity providers that know them. */
  issuers: string[];
  seesAllAccounts: boolean;
  /** Of those that the reader sees, how many they are limited to; 0 when they see all. */
  accounts: number;
  /** When a session of theirs was last in use; null for who never came. */
  lastSeenAt: string | null;
  createdAt: string;
  disabledAt: string | null;
  /** The link by which they can set a password at present. */
  link: { kind: (typeof userLinkKinds)[number]; createdAt: string; expiresAt: string } | null;
  sessions: number;
  tokens: number;
  /** For the mutations that ask what the caller saw last. */
  revision: number;
};

export type UserDetail = UserView & {
  /** Of those that the reader sees; empty when they see all. */
  accountIds: string[];
};

/** Everybody of the organisation: those who can come in first, by name. */
export async function listUsers(db: Store, scope: Scope): Promise<UserView[]> {
  scope.require("users:manage");
  const rows = await selectUsers(db, scope, sql`true`);
  return rows.map(({ accountIds: _, ...user }) => user);
}

/** One of them. Throws `not_found`, also for another organisation's. */
export async function getUser(db: Store, scope: Scope, userId: string): Promise<UserDetail> {
  scope.require("users:manage");
  const [user] = await selectUsers(db, scope, sql`u.id = ${withoutNul(userId)}`);
  if (!user) throw new DomainError("not_found", "There is no such user.");
  return user;
}

/** What one may know and change of oneself. */
export type OwnProfile = Pick<
  UserView,
  "id" | "name" | "email" | "role" | "persona" | "hasPassword" | "issuers" | "seesAllAccounts" | "accounts"
>;

export async function getOwnProfile(db: Store, scope: Scope): Promise<OwnProfile> {
  scope.require("sessions:own");
  const [user] = await selectUsers(db, scope, sql`u.id = ${scope.actor.id}`);
  if (!user) throw new DomainError("not_found", "There is no such user.");
  const { id, name, email, role, persona, hasPassword, issuers, seesAllAccounts, accounts } = user;
  return { id, name, email, role, persona, hasPassword, issuers, seesAllAccounts, accounts };
}

const iso = (column: SQL) => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const visible = (scope: Scope, id: SQL): SQL =>
  scope.accountIds === null
    ? sql`true`
    : sql`${id} in (select jsonb_array_elements_text(${JSON.stringify(scope.accountIds)}::jsonb))`;

async function selectUsers(db: Store, scope: Scope, which: SQL): Promise<readonly UserDetail[]> {
  const rows = await db.execute<Omit<UserDetail, "accounts">>(sql`
    select u.id, u.name, u.email, u.role, u.persona, u.password_hash is not null as "hasPassword", i.issuers,
      case when u.disabled_at is not null then 'disabled'
        when u.password_hash is null and not u.persona and cardinality(i.issuers) = 0 then 'invited'
        else 'active' end as state,
      u.sees_all_accounts as "seesAllAccounts", v.ids as "accountIds", ${iso(sql`s.last_seen_at`)} as "lastSeenAt",
      ${iso(sql`u.created_at`)} as "createdAt", ${iso(sql`u.disabled_at`)} as "disabledAt", l.link,
      coalesce(s.live, 0)::int as sessions, t.tokens, u.revision
    from users u
    cross join lateral (
      select coalesce(array_agg(issuer order by issuer), '{}') as issuers from user_identities where user_id = u.id
    ) i
    cross join lateral (
      select coalesce(array_agg(account_id order by account_id), '{}') as ids from user_accounts
      where user_id = u.id and not u.sees_all_accounts and ${visible(scope, sql`account_id`)}
    ) v
    left join lateral (
      select max(last_seen_at) as last_seen_at,
        count(*) filter (where revoked_at is null and expires_at > now()) as live
      from sessions where user_id = u.id
    ) s on true
    left join lateral (
      select jsonb_build_object('kind', kind, 'createdAt', ${iso(sql`created_at`)}, 'expiresAt', ${iso(sql`expires_at`)})
        as link
      from user_links where user_id = u.id and used_at is null and expires_at > now() order by created_at desc limit 1
    ) l on true
    cross join lateral (
      select count(*)::int as tokens from api_tokens
      where user_id = u.id and revoked_at is null and expires_at > now()
    ) t
    where u.organisation_id = ${scope.organisationId} and ${which}
    order by u.disabled_at is not null, lower(u.name), u.id
  `);
  return rows.map((row) => ({ ...row, accounts: row.accountIds.length }));
}
