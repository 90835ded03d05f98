import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { recountResources } from "./count-resources.ts";
import { keepReplaced, markGoneWhere } from "./keep-versions.ts";
import type { Attempt } from "./staging.ts";

export type CatalogueIds = {
  /** Every check; a finding of any other has lost its check. */
  all: readonly string[];
  /**
   * Those that this attempt judged by. A pass stored for any other may be older than the resource; and what compares
   * resources only the relations unit resolves as fixed.
   */
  judged: readonly string[];
};

export type MergeCounts = { changed: number; opened: number; reopened: number; resolved: number };

export type Merge = Attempt & {
  /** The kinds that were read. */
  kinds: readonly string[];
  /** True when nothing was left unread: only then is anything taken for gone or resolved. */
  clean: boolean;
  catalogue: CatalogueIds;
  at: Date;
};

/** `{a,b}` as PostgreSQL reads it; drizzle would spread an array into a list. */
export const array = (values: readonly string[]) =>
  sql`${`{${values.map((v) => JSON.stringify(v)).join(",")}}`}::text[]`;

/** Takes an attempt's staged rows into inventory and findings, set by set. Runs in the caller's transaction. */
export async function mergeUnit(tx: Transaction, merge: Merge): Promise<MergeCounts> {
  const left = await placesLeft(tx, merge);
  await keepReplaced(tx, merge);
  const changed = await mergeResources(tx, merge);
  await followOwners(tx, merge);
  const gone = merge.clean ? await markGone(tx, merge) : 0;
  const { opened, reopened } = await openFindings(tx, merge);
  const resolved = merge.clean ? await resolveFindings(tx, merge) : 0;
  await markUnverifiedWhere(tx, merge, inUnit(merge));
  if (changed + gone > 0) await recount(tx, merge);
  for (const place of left) await recount(tx, { ...merge, ...place });
  return { changed: changed + gone, opened, reopened, resolved };
}

async function mergeResources(tx: Transaction, merge: Merge): Promise<number> {
  return (await upsertResources(tx, merge)) + (await takeVerdicts(tx, merge));
}

/** Where resources are held that this attempt found elsewhere, such as a bucket made anew in another region. */
async function placesLeft(tx: Transaction, merge: Merge): Promise<{ service: string; region: string }[]> {
  return tx.execute<{ service: string; region: string }>(sql`
    select distinct r.service, r.unit_region as region from scan_staging s
    join resources r on r.account_id = ${merge.accountId} and r.uid = s.uid
    where s.token = ${merge.token} and s.hash is not null
      and (r.service, r.unit_region) <> (${merge.service}, ${merge.region})
  `);
}

async function upsertResources(tx: Transaction, merge: Merge): Promise<number> {
  // A list that shifts while it is paged can name a resource twice.
  const merged = await tx.execute(sql`
    insert into resources (id, organisation_id, account_id, service, unit_region, region, kind, uid, name, tags, config,
      unread, hash, verdicts, evaluated_with, first_seen_at, changed_at)
    select distinct on (s.uid) new_id('res'), ${merge.organisationId}, ${merge.accountId}, ${merge.service},
      ${merge.region}, s.region, s.kind, s.uid, s.name, s.tags, s.config, s.unread, s.hash, s.verdicts, s.evaluated_with,
      ${merge.at.toISOString()}::timestamptz, ${merge.at.toISOString()}::timestamptz
    from scan_staging s where s.token = ${merge.token} and s.hash is not null
    order by s.uid
    on conflict (account_id, uid) do update set
      service = excluded.service, unit_region = excluded.unit_region, region = excluded.region, kind = excluded.kind, name = excluded.name,
      tags = excluded.tags, config = excluded.config, unread = excluded.unread, hash = excluded.hash,
      verdicts = (
        select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(resources.verdicts)
        where key = any(${array(merge.catalogue.all)})
      ) || excluded.verdicts,
      evaluated_with = excluded.evaluated_with,
      changed_at = case when resources.hash = excluded.hash and resources.deleted_at is null
        then resources.changed_at else excluded.changed_at end,
      deleted_at = null
  `);
  return merged.count ?? 0;
}

/** Takes verdicts that changed although their resource didn't. */
export async function takeVerdicts(tx: Transaction, merge: Attempt): Promise<number> {
  const judged = await tx.execute(sql`
    update resources r set verdicts = r.verdicts || s.verdicts
    from scan_staging s
    where s.token = ${merge.token} and s.hash is null and s.verdicts is not null
      and r.account_id = ${merge.accountId} and r.uid = s.uid and not r.verdicts @> s.verdicts
  `);
  return judged.count ?? 0;
}

const markGone = (tx: Transaction, merge: Merge): Promise<number> =>
  markGoneWhere(
    tx,
    merge,
    sql`${inUnit(merge)} and r.kind = any(${array(merge.kinds)})
      and not exists (select from scan_staging s where s.token = ${merge.token} and s.uid = r.uid)`,
  );

/** Has findings of changed resources say who owns these now, whoever found them. */
async function followOwners(tx: Transaction, merge: Merge): Promise<void> {
  await tx.execute(sql`
    update findings f set owner = r.owner
    from scan_staging s join resources r on r.account_id = ${merge.accountId} and r.uid = s.uid
    where s.token = ${merge.token} and s.hash is not null and f.resource_id = r.id and f.owner <> r.owner
  `);
}

/** Opens, reopens and rewords findings by the failures that an attempt staged. */
export async function openFindings(
  tx: Transaction,
  merge: Attempt & { at: Date },
): Promise<{ opened: number; reopened: number }> {
  const [counts] = await tx.execute<{ opened: number; reopened: number }>(sql`
    with failing as materialized (
      select distinct on (r.id, f."checkId") r.id as resource_id, r.service, r.region, r.owner, f."checkId" as check_id,
        f.severity::severity as severity, f.reason, f.evidence
      from scan_staging s
      join resources r on r.account_id = ${merge.accountId} and r.uid = s.uid
      cross join jsonb_to_recordset(s.failures) as f("checkId" text, severity text, reason text, evidence jsonb)
      where s.token = ${merge.token} and s.failures is not null
    ), reopened as (
      update findings f set status = 'open', opened_at = ${merge.at.toISOString()}::timestamptz, resolved_at = null,
        resolution = null, reopened = f.reopened + 1, reason = x.reason, evidence = x.evidence, severity = x.severity,
        service = x.service, region = x.region, unverified_since = null, workflow = 'new', due_by_hand = false,
        due_at = sla_due(f.organisation_id, x.severity, ${merge.at.toISOString()}::timestamptz)
      from failing x where f.resource_id = x.resource_id and f.check_id = x.check_id and f.status = 'resolved'
      returning f.id, f.reason
    ), reworded as (
      update findings f set reason = x.reason, evidence = x.evidence, severity = x.severity, service = x.service,
        region = x.region, unverified_since = null, due_at = case when f.due_by_hand or f.severity = x.severity
          then f.due_at else sla_due(f.organisation_id, x.severity, f.opened_at) end
      from failing x where f.resource_id = x.resource_id and f.check_id = x.check_id and f.status = 'open'
        and (f.reason, f.evidence, f.severity, f.service, f.region)
          is distinct from (x.reason, x.evidence, x.severity, x.service, x.region)
    ), opened as (
      insert into findings (id, organisation_id, account_id, resource_id, check_id, service, region, severity, reason,
        evidence, first_seen_at, opened_at, owner, due_at)
      select new_id('fnd'), ${merge.organisationId}, ${merge.accountId}, x.resource_id, x.check_id, x.service,
        x.region, x.severity, x.reason, x.evidence, ${merge.at.toISOString()}::timestamptz,
        ${merge.at.toISOString()}::timestamptz, x.owner,
        sla_due(${merge.organisationId}, x.severity, ${merge.at.toISOString()}::timestamptz)
      from failing x
      where not exists (select from findings f where f.resource_id = x.resource_id and f.check_id = x.check_id)
      returning id, reason
    ), history as (
      insert into finding_transitions (id, organisation_id, finding_id, scan_id, kind, reason, at)
      select new_id('trn'), ${merge.organisationId}, t.id, ${merge.scanId}, t.kind, t.reason,
        ${merge.at.toISOString()}::timestamptz
      from (select id, 'opened' as kind, reason from opened
        union all select id, 'reopened', reason from reopened) t
    )
    select (select count(*)::int from opened) as opened, (select count(*)::int from reopened) as reopened
  `);
  return counts ?? { opened: 0, reopened: 0 };
}

const inUnit = (merge: Merge) => sql`r.service = ${merge.service} and r.unit_region = ${merge.region}`;

/** Follows the stored verdicts rather than this run's evaluations: a pass that a gap kept from counting counts now. */
const resolveFindings = (tx: Transaction, merge: Merge): Promise<number> =>
  resolveWhere(
    tx,
    merge,
    sql`${inUnit(merge)} and r.kind = any(${array(merge.kinds)})
      and (r.deleted_at is not null or f.check_id <> all(${array(merge.catalogue.all)})
        or (r.verdicts ->> f.check_id = 'pass' and f.check_id = any(${array(merge.catalogue.judged)})))`,
  );

/**
 * Resolves the account's open findings that meet a condition, and writes their history. Of what another tool found, the
 * scans can only say that its resource is gone.
 *
 * @param condition Over `f`, the finding, and `r`, its resource.
 */
export async function resolveWhere(
  tx: Transaction,
  attempt: Pick<Attempt, "organisationId" | "accountId" | "scanId"> & { at: Date },
  condition: SQL,
): Promise<number> {
  const at = sql`${attempt.at.toISOString()}::timestamptz`;
  const [count] = await tx.execute<{ resolved: number }>(sql`
    with resolved as (
      update findings f set status = 'resolved', resolved_at = ${at}, unverified_since = null,
        resolution = case when r.deleted_at is not null then 'resource_gone'
          when r.verdicts ->> f.check_id = 'pass' then 'fixed' else 'check_retired' end
      from resources r
      where r.id = f.resource_id and f.status = 'open' and f.account_id = ${attempt.accountId} and ${condition}
        and (f.source = 'parapet' or r.deleted_at is not null)
      returning f.id, f.resolution
    ), history as (
      insert into finding_transitions (id, organisation_id, finding_id, scan_id, kind, reason, at)
      select new_id('trn'), ${attempt.organisationId}, id, ${attempt.scanId}, 'resolved', resolution, ${at}
      from resolved
    )
    select count(*)::int as resolved from resolved
  `);
  return count?.resolved ?? 0;
}

/**
 * Notes since when the check of an open finding can't tell any more, or that it can again.
 *
 * @param condition Which of the account's findings: over `f`, the finding, and `r`, its resource.
 */
export async function markUnverifiedWhere(
  tx: Transaction,
  attempt: Attempt & { at: Date },
  condition: SQL,
): Promise<void> {
  await tx.execute(sql`
    update findings f set unverified_since =
      case when r.verdicts ->> f.check_id = 'unknown' then ${attempt.at.toISOString()}::timestamptz end
    from resources r
    where r.id = f.resource_id and f.status = 'open' and f.source = 'parapet'
      and f.account_id = ${attempt.accountId} and ${condition}
      and (coalesce(r.verdicts ->> f.check_id, '') = 'unknown') <> (f.unverified_since is not null)
  `);
}

/** Counts the unit's verdicts and resources afresh. */
export async function recount(
  tx: Transaction,
  unit: Pick<Attempt, "organisationId" | "accountId" | "service" | "region">,
): Promise<void> {
  await tx.execute(sql`
    delete from check_counters
    where account_id = ${unit.accountId} and service = ${unit.service} and region = ${unit.region}
  `);
  await tx.execute(sql`
    insert into check_counters (organisation_id, account_id, service, region, check_id, pass, fail, unknown, manual)
    select ${unit.organisationId}, ${unit.accountId}, ${unit.service}, ${unit.region}, v.key,
      count(*) filter (where v.value = 'pass'), count(*) filter (where v.value = 'fail'),
      count(*) filter (where v.value = 'unknown'), count(*) filter (where v.value = 'manual')
    from resources r cross join jsonb_each_text(r.verdicts) v
    where r.account_id = ${unit.accountId} and r.service = ${unit.service} and r.unit_region = ${unit.region}
      and r.deleted_at is null
    group by v.key
  `);
  await recountResources(tx, unit);
}
