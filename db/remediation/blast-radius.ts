import { sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { Store } from "../client.ts";
import { visibleResources } from "../resources/conditions.ts";
import type { BlastRadius } from "./model.ts";

/** Of a network that everything is in, no more are counted. */
const mostDependents = 1_000;

/**
 * How far a plan reaches by the newest inventory: accounts, tags, and what names one of its resources in its own
 * configuration. What the scope can't see is left out; the caller has made sure that the plan itself may be seen.
 */
export async function readBlastRadius(db: Store, scope: Scope, planId: string): Promise<BlastRadius> {
  const [row] = await db.execute<BlastRadius>(sql`
    with own as materialized (
      select t.account_id, r.id, r.aliases, r.tags from remediation_targets t left join resources r on r.id = t.resource_id
      where t.plan_id = ${planId}
    ), dependent as materialized (
      select r.id, r.kind, r.name from resources r
      where r.mentions && (select coalesce(array_agg(distinct alias), '{}') from own, unnest(own.aliases) alias)
        and r.deleted_at is null and r.id not in (select id from own where id is not null) and ${visibleResources(scope)}
      limit ${mostDependents}
    )
    select (select count(*)::int from own) as resources, a.accounts, (select count(*)::int from dependent) as dependents,
      d.samples as "dependentSamples", g.tags
    from (
      select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'name', left(a.name, 200), 'cloud', a.cloud,
        'environment', a.environment, 'resources', o.n) order by o.n desc, a.name), '[]') as accounts
      from (select account_id, count(*)::int as n from own group by account_id) o join accounts a on a.id = o.account_id
    ) a
    cross join (
      select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'kind', s.kind, 'name', left(s.name, 300))
        order by s.kind, s.name, s.id), '[]') as samples
      from (select * from dependent order by kind, name, id limit 10) s
    ) d
    cross join (
      select coalesce(jsonb_agg(jsonb_build_object('tag', t.tag, 'resources', t.n) order by t.n desc, t.tag), '[]') as tags
      from (select left(e.key || '=' || e.value, 300) as tag, count(*)::int as n from own, jsonb_each_text(own.tags) e
        group by 1 order by 2 desc, 1 limit 10) t
    ) g
  `);
  return row ?? { resources: 0, accounts: [], dependents: 0, dependentSamples: [], tags: [] };
}
