import { type SQL, sql } from "drizzle-orm";
import { visibleConnection } from "#lib/accounts/visible-connection.ts";
import type { Scope } from "#lib/auth/scope.ts";
import type { Severity } from "#lib/checks/model.ts";
import { DomainError } from "#lib/errors.ts";
import { findingFilter, openStates } from "#lib/findings/filter.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import type { Database, Transaction } from "../client.ts";
import { cells } from "../findings/cells.ts";
import type { scanStatuses } from "../scans/schema.ts";
import type { accountLevels, ConnectionTest, DeletionProgress, Identity, memberStates } from "./schema.ts";

type Store = Database | Transaction;

/**
 * What an account needs from its people, the worst first: `deleting`; `disabled`; `unreachable`: its last scan could not
 * get in; `gaps`: something could not be read; `unscanned`; `good`.
 */
export type AccountHealth = "deleting" | "disabled" | "unreachable" | "gaps" | "unscanned" | "good";

/** One line of the list. Moments are ISO strings, so that a page and an answer in JSON carry the same. */
export type AccountView = {
  id: string;
  cloud: Cloud;
  /** A `directory` is a Microsoft Entra tenant. */
  level: (typeof accountLevels)[number];
  externalId: string;
  name: string;
  environment: string | null;
  /** True for an account of the sandbox cloud, which nobody owns. */
  sandbox: boolean;
  /** How it is reached, such as `assume_role` or `client_secret`. */
  connectionType: string;
  hasWriteIdentity: boolean;
  /** Null for every region. */
  regions: string[] | null;
  schedule: string | null;
  scheduleTimeZone: string;
  createdAt: string;
  disabledAt: string | null;
  /** For the mutations that ask what the caller saw last. */
  revision: number;
  /** The source that says how it is reached; null when it stands by itself. */
  source: { id: string; name: string } | null;
  /** What the newest look into its organisation said of it; null when no source lists it. */
  membership: { state: (typeof memberStates)[number]; since: string } | null;
  /** The last scan that read something of it, also one under way. */
  lastScan: {
    id: string;
    status: (typeof scanStatuses)[number];
    startedAt: string;
    finishedAt: string | null;
    /** What this scan could not read of it. */
    gaps: number;
    /** In plain words, why this scan could not get in; null when it could. */
    unreachable: string | null;
  } | null;
  /** Kinds (by region) that the newest try could not read whole, over all scans. */
  unreadKinds: number;
  /** Its findings that still have to be worked on: open, not muted, their risk not accepted. */
  findings: Record<Severity, number>;
  readTest: ConnectionTest | null;
  writeTest: ConnectionTest | null;
  deletion: DeletionProgress | null;
  health: AccountHealth;
};

/** A stored secret, as far as anybody may see it. */
export type SecretView = { name: string; keyId: string; createdAt: string; rotatedAt: string | null };

export type AccountDetail = AccountView & {
  /** Without secrets, and fit for the browser. */
  connection: ReturnType<typeof visibleConnection>;
  writeConnection: ReturnType<typeof visibleConnection> | null;
  secrets: Record<Identity, SecretView[]>;
};

type Row = Omit<AccountView, "findings" | "health" | "lastScan" | "source" | "membership"> & {
  connection: Record<string, unknown>;
  writeConnection: Record<string, unknown> | null;
  sourceId: string | null;
  sourceName: string | null;
  memberState: (typeof memberStates)[number] | null;
  memberSince: string | null;
  scanId: string | null;
  scanStatus: (typeof scanStatuses)[number];
  scanStartedAt: string;
  scanFinishedAt: string | null;
  gaps: number | null;
  unreachable: string | null;
};

/** Every account of the organisation that the scope may see, by name. */
export async function listAccounts(db: Store, scope: Scope): Promise<AccountView[]> {
  scope.require("accounts:read");
  const [rows, findings] = await Promise.all([
    selectAccounts(db, scope, sql`true`),
    countOpenFindings(db, scope, []),
  ]);
  return rows.map((row) => viewOf(row, findings.get(row.id)));
}

/** One account with all that its page shows. Throws `not_found`, also for another organisation's. */
export async function getAccount(db: Store, scope: Scope, accountId: string): Promise<AccountDetail> {
  scope.require("accounts:read");
  const [[row], findings, secrets] = await Promise.all([
    selectAccounts(db, scope, sql`a.id = ${accountId}`),
    countOpenFindings(db, scope, [accountId]),
    db.execute<SecretView & { identity: Identity }>(sql`
      select identity, name, key_id as "keyId", ${iso(sql`created_at`)} as "createdAt",
        ${iso(sql`rotated_at`)} as "rotatedAt"
      from account_secrets where organisation_id = ${scope.organisationId} and account_id = ${accountId} order by name
    `),
  ]);
  if (!row) throw new DomainError("not_found", "There is no such account.");
  const of = (wanted: Identity): SecretView[] =>
    secrets.filter(({ identity }) => identity === wanted).map(({ identity: _, ...secret }) => secret);
  return {
    ...viewOf(row, findings.get(row.id)),
    connection: visibleConnection(row.connection),
    writeConnection: row.writeConnection && visibleConnection(row.writeConnection),
    secrets: { read: of("read"), write: of("write") },
  };
}

/** How many resources an account holds at present, by service. Slower than the rest of an account's page, when it is large. */
export async function countAccountResources(
  db: Store,
  scope: Scope,
  accountId: string,
): Promise<{ service: string; resources: number }[]> {
  scope.require("accounts:read");
  const rows = await db.execute<{ service: string; resources: number }>(sql`
    select r.service, count(*)::int as resources from resources r join accounts a on a.id = r.account_id
    where a.id = ${accountId} and a.organisation_id = ${scope.organisationId} and ${visible(scope, sql`a.id`)}
      and r.deleted_at is null
    group by r.service order by r.service
  `);
  return [...rows];
}

const iso = (column: SQL) => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const visible = (scope: Scope, id: SQL): SQL =>
  scope.accountIds === null
    ? sql`true`
    : sql`${id} in (select jsonb_array_elements_text(${JSON.stringify(scope.accountIds)}::jsonb))`;

/** The last scan is looked for from the newest one down, and of that one alone are its units of the account summed. */
function selectAccounts(db: Store, scope: Scope, which: SQL): Promise<readonly Row[]> {
  return db.execute<Row>(sql`
    select a.id, a.cloud, a.level, a.external_id as "externalId", a.name, a.environment, a.sandbox, a.connection,
      a.connection ->> 'type' as "connectionType", a.write_connection as "writeConnection",
      a.write_connection is not null as "hasWriteIdentity", a.regions, a.schedule,
      a.schedule_time_zone as "scheduleTimeZone", ${iso(sql`a.created_at`)} as "createdAt",
      ${iso(sql`a.disabled_at`)} as "disabledAt", a.revision, a.read_test as "readTest", a.write_test as "writeTest",
      a.deletion, a.source_id as "sourceId", o.name as "sourceName", m.state as "memberState",
      ${iso(sql`m.state_since`)} as "memberSince", s.id as "scanId", s.status as "scanStatus",
      ${iso(sql`s.created_at`)} as "scanStartedAt", ${iso(sql`s.finished_at`)} as "scanFinishedAt", u.gaps,
      u.unreachable, c.unread as "unreadKinds"
    from accounts a
    left join account_sources o on o.id = a.source_id
    left join lateral (
      select m.state, m.state_since from account_source_members m join account_sources l on l.id = m.source_id
      where m.organisation_id = a.organisation_id and m.external_id = a.external_id and l.cloud = a.cloud
      order by (m.source_id = a.source_id) desc nulls last, m.state, m.source_id limit 1
    ) m on true
    left join lateral (
      select s.id, s.status, s.created_at, s.finished_at from scans s
      where s.organisation_id = a.organisation_id
        and exists (select from scan_units u where u.scan_id = s.id and u.account_id = a.id)
      order by s.created_at desc, s.id desc limit 1
    ) s on true
    left join lateral (
      select sum(u.gaps)::int as gaps,
        max(u.error) filter (where u.service = 'account' and u.status = 'gap') as unreachable
      from scan_units u where u.scan_id = s.id and u.account_id = a.id
    ) u on true
    left join lateral (
      select count(*)::int as unread from coverage c where c.account_id = a.id and not c.complete
    ) c on true
    where a.organisation_id = ${scope.organisationId} and ${visible(scope, sql`a.id`)} and ${which}
    order by a.name, a.id
  `);
}

/** Findings that still have to be worked on: neither resolved, nor muted, nor of an accepted risk. */
async function countOpenFindings(
  db: Store,
  scope: Scope,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, Partial<Record<Severity, number>>>> {
  const filter = findingFilter({ states: [...openStates], accountIds: [...accountIds] });
  const rows = await db.execute<{ accountId: string; severity: Severity; count: number }>(sql`
    select "accountId", severity, sum(n)::int as count from ${cells(scope, filter, ["accountId", "severity"])} counted
    group by "accountId", severity
  `);
  const byAccount = new Map<string, Partial<Record<Severity, number>>>();
  for (const { accountId, severity, count } of rows) {
    byAccount.set(accountId, { ...byAccount.get(accountId), [severity]: count });
  }
  return byAccount;
}

function viewOf(row: Row, findings: Partial<Record<Severity, number>> = {}): AccountView {
  const { id, cloud, level, externalId, name, environment, sandbox, connectionType, hasWriteIdentity } = row;
  const { regions, schedule, scheduleTimeZone, createdAt, disabledAt, revision, deletion } = row;
  return {
    ...{ id, cloud, level, externalId, name, environment, sandbox, connectionType, hasWriteIdentity },
    ...{ regions, schedule, scheduleTimeZone, createdAt, disabledAt, revision, deletion },
    readTest: row.readTest,
    writeTest: row.writeTest,
    source: row.sourceId && row.sourceName ? { id: row.sourceId, name: row.sourceName } : null,
    membership:
      row.memberState && row.memberSince ? { state: row.memberState, since: row.memberSince } : null,
    lastScan: row.scanId
      ? {
          id: row.scanId,
          status: row.scanStatus,
          startedAt: row.scanStartedAt,
          finishedAt: row.scanFinishedAt,
          gaps: row.gaps ?? 0,
          unreachable: row.unreachable,
        }
      : null,
    unreadKinds: row.unreadKinds,
    findings: { critical: 0, high: 0, medium: 0, low: 0, info: 0, ...findings },
    health: healthOf(row),
  };
}

function healthOf(row: Row): AccountHealth {
  if (row.deletion) return "deleting";
  if (row.disabledAt) return "disabled";
  if (row.unreachable !== null) return "unreachable";
  if ((row.gaps ?? 0) + row.unreadKinds > 0) return "gaps";
  return row.scanId === null ? "unscanned" : "good";
}
