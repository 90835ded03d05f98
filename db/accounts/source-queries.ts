import { sql } from "drizzle-orm";
import { visibleConnection } from "#lib/accounts/visible-connection.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import type { Database, Transaction } from "../client.ts";
import type { accountLevels, memberStates, SourceSync } from "./schema.ts";

type Store = Database | Transaction;

/** An organisation whose accounts are discovered. Moments are ISO strings. */
export type SourceView = {
  id: string;
  cloud: Cloud;
  name: string;
  /** Without secrets, and fit for the browser. */
  connection: Record<string, unknown>;
  template: Record<string, unknown>;
  /** Names of the secrets that are stored. */
  secrets: string[];
  autoConnect: boolean;
  environment: string | null;
  scanSchedule: string | null;
  schedule: string | null;
  scheduleTimeZone: string;
  /** For the mutations that ask what the caller saw last. */
  revision: number;
  createdAt: string;
  lastSync: SourceSync | null;
  members: { active: number; suspended: number; gone: number; connected: number };
  /** Connected accounts that are reached as this source says. */
  followers: number;
};

type Row = Omit<SourceView, "members"> & Record<"active" | "suspended" | "gone" | "connected", number>;

/** Every source of the organisation, by name; none for whoever sees only some accounts. */
export async function listSources(db: Store, scope: Scope): Promise<SourceView[]> {
  scope.require("accounts:read");
  if (scope.accountIds) return [];
  const rows = await db.execute<Row>(sql`
    select s.id, s.cloud, s.name, s.connection, s.template, s.auto_connect as "autoConnect", s.environment,
      s.scan_schedule as "scanSchedule", s.schedule, s.schedule_time_zone as "scheduleTimeZone", s.revision,
      to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
      s.last_sync as "lastSync", m.active, m.suspended, m.gone, m.connected,
      array(select x.name from account_secrets x where x.source_id = s.id order by x.name) as secrets,
      (select count(*)::int from accounts a where a.source_id = s.id) as followers
    from account_sources s, lateral (
      select count(*) filter (where m.state = 'active')::int as active,
        count(*) filter (where m.state = 'suspended')::int as suspended,
        count(*) filter (where m.state = 'gone')::int as gone, count(a.id)::int as connected
      from account_source_members m
      left join accounts a on a.organisation_id = m.organisation_id and a.cloud = s.cloud
        and a.external_id = m.external_id
      where m.source_id = s.id
    ) m
    where s.organisation_id = ${scope.organisationId} order by s.name, s.id
  `);
  return rows.map(({ active, suspended, gone, connected, ...source }) => ({
    ...source,
    connection: visibleConnection(source.connection),
    members: { active, suspended, gone, connected },
  }));
}

/** Throws `not_found`, also for another organisation's. */
export async function getSource(db: Store, scope: Scope, sourceId: string): Promise<SourceView> {
  const source = (await listSources(db, scope)).find(({ id }) => id === sourceId);
  if (!source) throw new DomainError("not_found", "There is no such source.");
  return source;
}

export type MemberView = {
  externalId: string;
  level: (typeof accountLevels)[number];
  name: string;
  /** What the provider says of it; `gone` when it is no longer listed. */
  state: (typeof memberStates)[number];
  stateSince: string;
  firstSeenAt: string;
  seenAt: string;
  /** The account that it is connected as; null when it isn't. */
  account: { id: string; name: string; disabled: boolean } | null;
};

/** The members of a source: those to pick from first (new and active), then by name. Throws `not_found`. */
export async function listMembers(db: Store, scope: Scope, sourceId: string): Promise<MemberView[]> {
  await getSource(db, scope, sourceId);
  const iso = (column: string) =>
    sql`to_char(${sql.raw(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  type MemberRow = Omit<MemberView, "account"> & {
    accountId: string | null;
    accountName: string;
    disabled: boolean;
  };
  const rows = await db.execute<MemberRow>(sql`
    select m.external_id as "externalId", m.level, m.name, m.state, ${iso("m.state_since")} as "stateSince",
      ${iso("m.first_seen_at")} as "firstSeenAt", ${iso("m.seen_at")} as "seenAt", a.id as "accountId",
      a.name as "accountName", a.disabled_at is not null as disabled
    from account_source_members m
    join account_sources s on s.id = m.source_id
    left join accounts a on a.organisation_id = m.organisation_id and a.cloud = s.cloud and a.external_id = m.external_id
    where m.organisation_id = ${scope.organisationId} and m.source_id = ${sourceId}
    order by (a.id is null and m.state = 'active') desc, lower(m.name), m.external_id
  `);
  return rows.map(({ accountId, accountName, disabled, ...member }) => ({
    ...member,
    account: accountId === null ? null : { id: accountId, name: accountName, disabled },
  }));
}
