import type { Sql, TransactionSql } from "postgres";
import { accountsOf, importedChecks, kinds, ownChecks, regions, size, teams } from "./estate.ts";

/**
 * Fills an organisation by set-based statements: as many accounts, resources, findings and transitions as `size` says,
 * made by chance from a fixed seed. Indexes are taken off and put on again, and triggers and foreign keys do not run, so
 * the counts that triggers keep are computed at the end.
 */
export async function seedEstate(sql: Sql, organisationId: string): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`set local work_mem = '256MB'`;
    await tx`set local maintenance_work_mem = '512MB'`;
    await tx`select setseed(0.4)`;
    const restore = await dropIndexes(tx, ["resources", "findings", "finding_transitions"]);
    await seedUsersAndAccounts(tx, organisationId);
    await seedResources(tx, organisationId);
    await seedFindings(tx, organisationId);
    await seedTransitions(tx, organisationId);
    for (const statement of restore) await tx.unsafe(statement);
    await seedCounts(tx, organisationId);
  });
  await sql`vacuum analyze`;
}

/** Takes off every index that no constraint needs; answers the statements that put them on again. */
async function dropIndexes(sql: TransactionSql, tables: string[]): Promise<string[]> {
  const found = await sql<{ name: string; statement: string }[]>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as statement from pg_index
    where indrelid = any(${tables}::regclass[])
      and not exists (select 1 from pg_constraint where conindid = indexrelid)`;
  for (const { name } of found) await sql.unsafe(`drop index ${name}`);
  return found.map(({ statement }) => statement);
}

async function seedUsersAndAccounts(sql: TransactionSql, organisationId: string): Promise<void> {
  await sql`
    insert into users (id, organisation_id, email, name, role)
    select new_id('usr'), ${organisationId}, 'person-' || n || '@example.test', 'Person ' || n, 'analyst'
    from generate_series(1, ${size.users}::int) n`;
  await sql`create temp table seed_users on commit drop as
    select id, row_number() over (order by name)::int as n from users
    where organisation_id = ${organisationId} and email like 'person-%'`;
  await sql`
    insert into accounts (id, organisation_id, cloud, external_id, name, connection)
    select new_id('acc'), ${organisationId}, cloud, lpad((100000000000 + n * 7919 + length(cloud))::text, 12, '0'),
      cloud || '-' || (array['production', 'staging', 'development', 'shared', 'security'])[1 + n % 5] || '-' || n,
      jsonb_build_object('type', 'assume_role', 'roleArn', 'arn:aws:iam::100000000000:role/parapet-read')
    from jsonb_each_text(${JSON.stringify(accountsOf)}::jsonb) as many(cloud, accounts), generate_series(1, accounts::int) n`;
  await sql`create temp table seed_accounts on commit drop as
    select id, cloud, external_id, (row_number() over (partition by cloud order by name))::int as n
    from accounts where organisation_id = ${organisationId}`;
}

async function seedResources(sql: TransactionSql, organisationId: string): Promise<void> {
  await sql`create temp table seed_kinds on commit drop as
    select *, coalesce(sum(weight) over (order by kind rows between unbounded preceding and 1 preceding), 0)
        / sum(weight) over () as "from", sum(weight) over (order by kind) / sum(weight) over () as "to"
    from jsonb_to_recordset(${JSON.stringify(kinds)}::jsonb) as k(kind text, cloud text, service text, thing text, weight float)`;
  // Large accounts have many times what small ones have; the same holds of regions. An account is mostly one team's.
  await sql`create temp table seed_resources on commit drop as
    select n, kind, cloud, service, thing,
      1 + floor(((${JSON.stringify(accountsOf)}::jsonb ->> cloud)::int) * power(by_account, 2.2))::int as account,
      case when service = 'iam' then 'global' else
        (${JSON.stringify(regions)}::jsonb -> cloud ->> floor(
          jsonb_array_length(${JSON.stringify(regions)}::jsonb -> cloud) * power(by_region, 2.5))::int) end as region,
      by_owner
    from (select n, random() as by_kind, random() as by_account, random() as by_region, random() as by_owner
      from generate_series(1, ${size.resources}::int) n) dice
    join seed_kinds on by_kind >= "from" and by_kind < "to"`;
  await sql`
    insert into resources (id, organisation_id, account_id, service, region, unit_region, kind, uid, name, tags, config,
      unread, hash, verdicts, evaluated_with, first_seen_at, changed_at)
    select 'res_' || lpad(to_hex(r.n), 12, '0') || substr(md5(r.n::text), 1, 16), ${organisationId}, a.id, r.service,
      r.region, r.region, r.kind,
      case r.cloud
        when 'aws' then 'arn:aws:' || r.service || ':' || r.region || ':' || a.external_id || ':' || r.thing || '/' || name
        when 'azure' then '/subscriptions/' || a.external_id || '/resourceGroups/rg-' || (r.n % 40)
          || '/providers/' || r.service || '/' || r.thing || '/' || name
        else '//' || r.service || '.googleapis.com/projects/' || a.external_id || '/' || r.thing || '/' || name end,
      name,
      jsonb_strip_nulls(jsonb_build_object('environment', (array['production', 'staging', 'development'])[1 + r.n % 3],
        'owner', case when by_owner < 0.15 then null else ${JSON.stringify(teams)}::jsonb ->>
          (abs(hashtext(a.id)) + case when by_owner < 0.85 then 0 else 1 + r.n % 3 end) % ${teams.length}::int end,
        'cost-centre', (4000 + r.n % 90)::text)),
      jsonb_build_object('name', name, 'createdAt', '2026-01-01T00:00:00Z', 'encrypted', r.n % 3 = 0,
        'public', r.n % 11 = 0, 'logging', null, 'size', r.n % 4096,
        'policy', jsonb_build_object('Version', '2012-10-17', 'Statement', jsonb_build_array(jsonb_build_object(
          'Effect', 'Allow', 'Action', 's3:GetObject', 'Resource', name || '/*')))),
      '[]', sha256(r.n::text::bytea), '{}', 'bench', now() - interval '90 days',
      now() - random() * interval '90 days'
    from seed_resources r
    join seed_accounts a on a.cloud = r.cloud and a.n = r.account,
    lateral (select r.thing || '-' || (array['orders', 'invoices', 'sessions', 'images', 'events', 'backups', 'models',
      'ledger', 'gateway', 'cache', 'reports', 'archive'])[1 + r.n % 12] || '-'
      || (array['prod', 'stage', 'dev', 'test', 'eu', 'us'])[1 + r.n / 12 % 6] || '-' || lpad(to_hex(r.n * 7919), 7, '0')
      as name) named
    order by a.id, r.n`;
}

async function seedFindings(sql: TransactionSql, organisationId: string): Promise<void> {
  await sql`create temp table seed_checks on commit drop as
    select * from jsonb_to_recordset(${JSON.stringify(ownChecks)}::jsonb) as c(id text, severity text, kind text, chance float)`;
  await sql`create temp table seed_imported on commit drop as
    select *, (row_number() over (order by id))::int as rank
    from jsonb_to_recordset(${JSON.stringify(importedChecks)}::jsonb) as c(id text, severity text)`;
  await sql`create temp table seed_pairs on commit drop as
    select r.id as resource_id, r.account_id, r.service, r.region, r.owner, c.id as check_id,
      c.severity::severity as severity, 'parapet' as source
    from resources r join seed_checks c on c.kind = r.kind
    where r.organisation_id = ${organisationId} and random() < c.chance
    limit ${Math.round(size.findings * 0.85)}`;
  await sql`insert into seed_pairs
    select resource_id, account_id, service, region, owner, c.id, c.severity::severity, 'prowler' from (
      select distinct r.id as resource_id, r.account_id, r.service, r.region, r.owner,
        1 + floor(${importedChecks.length}::int * power(random(), 3))::int as rank
      from resources r, generate_series(1, 6)
      where r.organisation_id = ${organisationId}
    ) drawn join seed_imported c using (rank)
    order by md5(resource_id || c.id)
    limit ${size.findings} - (select count(*) from seed_pairs)`;
  // The first scan found a third of all; resolved ones were open for a part of the time since.
  await sql`create temp table seed_findings on commit drop as
    select *, row_number() over (order by by_luck) <= ${size.open} as is_open,
      now() - case when by_age < 0.3 then interval '90 days' - by_time * interval '2 hours'
        else by_time * interval '90 days' end as opened_at
    from (select *, random() as by_luck, random() as by_age, random() as by_state, random() as by_person,
      random() as by_time from seed_pairs) dice`;
  await sql`
    insert into findings (id, organisation_id, account_id, resource_id, check_id, service, region, severity, status, reason,
      evidence, first_seen_at, opened_at, resolved_at, resolution, reopened, workflow, suppression, suppressed_until,
      assignee_id, due_at, due_by_hand, owner, source)
    select 'fnd_' || lpad(to_hex((extract(epoch from opened_at) * 1000)::bigint), 12, '0')
        || substr(md5(resource_id || check_id), 1, 16),
      ${organisationId}, account_id, resource_id, check_id, service, region, severity,
      case when is_open then 'open' else 'resolved' end,
      'It is not as ' || check_id || ' wants it: the setting is off.', '[{"path": "/encrypted", "value": false}]',
      opened_at, opened_at, case when not is_open then opened_at + by_time * (now() - opened_at) end,
      case when not is_open then 'fixed' end, (by_time < 0.1)::int,
      case when by_state < 0.2 then 'in_progress' else 'new' end,
      case when is_open and by_state > 0.96 then 'risk_accepted' when is_open and by_state > 0.87 then 'muted' end,
      case when is_open and by_state > 0.87 then now() + by_time * interval '60 days' end,
      u.id,
      case when by_time < 0.02 then now() + by_person * interval '40 days'
        else opened_at + case severity when 'critical' then interval '7 days' when 'high' then interval '30 days'
          when 'medium' then interval '90 days' when 'low' then interval '120 days' end end,
      by_time < 0.02, owner, source
    from seed_findings
    left join seed_users u on u.n = case when by_state < 0.2 or by_luck < 0.03
      then 1 + (abs(hashtext(account_id || owner)) + (by_person < 0.2)::int) % ${size.users}::int end
    order by opened_at`;
}

/** A scan a day for every account, and what each found to have changed. */
async function seedTransitions(sql: TransactionSql, organisationId: string): Promise<void> {
  await sql`
    insert into scans (id, organisation_id, trigger, scope, status, created_at, planned_at, finished_at)
    select 'scn_' || lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || lpad(n::text, 16, '0'),
      ${organisationId}, 'schedule', '{"accountIds": [], "regions": [], "services": [], "checks": []}', 'completed', at, at,
      at + interval '9 minutes'
    from generate_series(0, ${size.days}::int) n, lateral (select date_trunc('day', now()) - make_interval(days => n) as at) d`;
  await sql`create temp table seed_scans on commit drop as
    select id, created_at::date as day from scans where organisation_id = ${organisationId}`;
  await sql`
    insert into finding_transitions (id, organisation_id, finding_id, scan_id, kind, reason, at)
    select 'trn_' || lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || substr(md5(f.id || kind), 1, 16),
      ${organisationId}, f.id, coalesce(s.id, 'scn_earlier'), kind, why, at
    from findings f,
    lateral (
      select 'opened' as kind, f.first_seen_at as at, f.reason as why
      union all select 'resolved', f.resolved_at, 'The check passes now.' where f.resolved_at is not null
    ) told
    left join seed_scans s on s.day = at::date
    where f.organisation_id = ${organisationId} order by at`;
}

async function seedCounts(sql: TransactionSql, organisationId: string): Promise<void> {
  await sql`
    insert into finding_counts (organisation_id, account_id, check_id, service, region, severity, state, assignee_id, owner,
      source, findings)
    select organisation_id, account_id, check_id, service, region, severity, state, coalesce(assignee_id, ''), owner, source,
      count(*)
    from findings where organisation_id = ${organisationId} group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`;
  await sql`
    insert into resource_counters (organisation_id, account_id, service, unit_region, kind, region, owner, resources)
    select organisation_id, account_id, service, unit_region, kind, region, owner, count(*)
    from resources where organisation_id = ${organisationId} and deleted_at is null group by 1, 2, 3, 4, 5, 6, 7`;
}
