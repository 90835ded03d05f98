import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { type StoredAccount, secretOwnerOf } from "#lib/accounts/open-account.ts";
import { openSecrets } from "#lib/secrets/store.ts";
import { scanAccount } from "./scan-account.ts";

/** A resource's uid, behind its account where AWS's own are the same in every account. */
const identity = sql`case when r.uid like '%::aws:%' then a.external_id || ' ' else '' end || r.uid`;

/** Verdicts by `<uid> <check>`. */
export type Verdicts = Record<string, string>;

/** The present verdicts of what hasn't been deleted. */
export async function readVerdicts(db: Database): Promise<Verdicts> {
  const rows = await db.execute<{ key: string; verdict: string }>(sql`
    select ${identity} || ' ' || v.key as key, v.value as verdict
    from resources r join accounts a on a.id = r.account_id cross join jsonb_each_text(r.verdicts) v where r.deleted_at is null order by 1
  `);
  return Object.fromEntries(rows.map(({ key, verdict }) => [key, verdict]));
}

/** What the same estate's verdicts are to a scan that stores nothing and meets no fault. */
export async function readFreshVerdicts(db: Database, asOf: Date): Promise<Verdicts> {
  const accounts = await db.execute<StoredAccount & { organisationId: string }>(sql`
    select id, organisation_id as "organisationId", source_id as "sourceId", cloud, level, external_id as "externalId",
      connection
    from accounts where disabled_at is null
  `);
  const scope = { regions: [], services: [], checks: [] };
  const signal = new AbortController().signal;
  const scans = await Promise.all(
    [...accounts].map(async (account) => {
      const secrets = await openSecrets(db, secretOwnerOf(account.organisationId, account));
      return scanAccount({ account: { ...account, secrets }, scope, asOf, signal });
    }),
  );
  const gaps = scans.flatMap((scan) => scan.gaps);
  if (gaps.length > 0) throw new Error(`The scan to compare with has gaps: ${JSON.stringify(gaps)}`);
  const results = scans.flatMap((scan) => scan.results);
  return sorted(
    Object.fromEntries(
      results.map(({ resourceUid: uid, account, checkId, status }) => [
        `${uid.includes("::aws:") ? `${account} ` : ""}${uid} ${checkId}`,
        status,
      ]),
    ),
  );
}

export const sorted = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

export const failuresIn = (verdicts: Verdicts): string[] =>
  Object.keys(verdicts)
    .filter((key) => verdicts[key] === "fail")
    .sort();

export type StoredFinding = {
  status: string;
  resolution: string | null;
  reopened: number;
  unverified: boolean;
  /** Its transitions, oldest first: `opened`, `resolved fixed`, `reopened`. */
  history: string[];
};

/** Every finding by `<uid> <check>`. */
export async function readFindings(db: Database): Promise<Record<string, StoredFinding>> {
  const rows = await db.execute<StoredFinding & { key: string }>(sql`
    select ${identity} || ' ' || f.check_id as key, f.status, f.resolution, f.reopened,
      f.unverified_since is not null as unverified,
      array(select case t.kind when 'resolved' then t.kind || ' ' || t.reason else t.kind end
        from finding_transitions t where t.finding_id = f.id order by t.at, t.id) as history
    from findings f join resources r on r.id = f.resource_id join accounts a on a.id = r.account_id order by 1
  `);
  return Object.fromEntries(rows.map(({ key, ...finding }) => [key, finding]));
}

export async function readOpen(db: Database): Promise<string[]> {
  const findings = await readFindings(db);
  return Object.keys(findings)
    .filter((key) => findings[key]?.status === "open")
    .sort();
}

/** The counters as stored, and as a count from scratch gives them; the two must always be equal. */
export async function readCounters(db: Database): Promise<{ stored: unknown[]; counted: unknown[] }> {
  const stored = await db.execute(sql`
    select account_id, service, region, check_id, pass, fail, unknown, manual from check_counters order by 1, 2, 3, 4
  `);
  const counted = await db.execute(sql`
    select r.account_id, r.service, r.unit_region as region, v.key as check_id,
      (count(*) filter (where v.value = 'pass'))::int as pass, (count(*) filter (where v.value = 'fail'))::int as fail,
      (count(*) filter (where v.value = 'unknown'))::int as unknown,
      (count(*) filter (where v.value = 'manual'))::int as manual
    from resources r cross join jsonb_each_text(r.verdicts) v where r.deleted_at is null
    group by 1, 2, 3, 4 order by 1, 2, 3, 4
  `);
  return { stored: [...stored], counted: [...counted] };
}

/** All that a scan leaves behind but for ids, times and who did it; equal for two ways to the same end. */
export async function readEverything(db: Database) {
  const resources = await db.execute(sql`
    select a.external_id as account, r.uid, r.kind, r.service, r.region, r.name, r.tags, r.config, r.unread,
      encode(r.hash, 'hex') as hash, r.verdicts, r.deleted_at is not null as deleted
    from resources r join accounts a on a.id = r.account_id order by 1, 2
  `);
  const counters = await db.execute(sql`
    select a.name, c.service, c.region, c.check_id, c.pass, c.fail, c.unknown, c.manual
    from check_counters c join accounts a on a.id = c.account_id order by 1, 2, 3, 4
  `);
  return { resources: [...resources], counters: [...counters], findings: await readFindings(db) };
}

/** What a scan could not read: `<service> <region> <code> <operation> <uid or *>`, each once. */
export async function readGaps(db: Database, scanId: string): Promise<string[]> {
  const rows = await db.execute<{ gap: string }>(sql`
    select distinct concat_ws(' ', u.service, u.region, g.code, g.operation, coalesce(g.resource_uid, '*')) as gap
    from coverage_gaps g join scan_units u on u.id = g.unit_id where g.scan_id = ${scanId} order by 1
  `);
  return rows.map(({ gap }) => gap);
}

/** Each unit's status by `<service> <region>`; for scans of one account. */
export async function readUnits(db: Database, scanId: string): Promise<Record<string, string>> {
  const rows = await db.execute<{ unit: string; status: string }>(sql`
    select service || ' ' || region as unit, status from scan_units where scan_id = ${scanId} order by 1
  `);
  return Object.fromEntries(rows.map(({ unit, status }) => [unit, status]));
}

/** Forgets all that scans have found, as before the first one. */
export async function forgetScans(db: Database): Promise<void> {
  await db.execute(sql`
    truncate finding_transitions, findings, check_counters, resource_counters, relation_runs, resources, coverage, coverage_gaps,
      scan_units, scans, scan_staging cascade
  `);
}

/** The counts of resources as stored, and as a count from scratch gives them; the two must always be equal. */
export async function readResourceCounters(db: Database): Promise<{ stored: unknown[]; counted: unknown[] }> {
  const stored = await db.execute(sql`
    select account_id, service, unit_region, kind, region, owner, resources from resource_counters
    order by 1, 2, 3, 4, 5, 6
  `);
  const counted = await db.execute(sql`
    select account_id, service, unit_region, kind, region, owner, count(*)::int as resources from resources
    where deleted_at is null group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
  `);
  return { stored: [...stored], counted: [...counted] };
}
