import { type SQL, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { ResourceFilter } from "#lib/inventory/resource-filter.ts";
import type { Database, Transaction } from "../client.ts";
import {
  all,
  among,
  type FacetColumns,
  facetChoices,
  facetConditions,
  matchingResources,
  resourceColumns,
  rowConditions,
  visibleIn,
  visibleResources,
} from "./conditions.ts";
import type { ResourceFacetCount, ResourceFacetCounts } from "./model.ts";

type Store = Database | Transaction;
type FacetName = keyof FacetColumns | "cloud";
const counted = ["account", "service", "region", "kind", "owner"] as const;
const names: readonly FacetName[] = ["cloud", ...counted];

/** Values told of a facet that has no end of them; what is chosen is told besides. */
const valuesShown: Partial<Record<FacetName, number>> = { owner: 50 };

/**
 * Counts for every facet at once, exact. The counters answer for whatever they tell apart; tags, text, findings and what
 * is gone are counted from the rows.
 */
export async function countResourceFacets(
  db: Store,
  scope: Scope,
  filter: ResourceFilter,
): Promise<ResourceFacetCounts> {
  scope.require("resources:read");
  if (filter.withFindings) scope.require("findings:read");
  const choices = facetChoices(filter);
  const narrowing = names.filter((name) => choices[name].length > 0);
  // A row counts in a facet when it meets every choice but that facet's own.
  const met = (name: FacetName): SQL =>
    choices[name].length === 0 ? sql`true` : among(sql`${sql.identifier(name)}`, choices[name]);
  const but = (own: FacetName | null): SQL =>
    all(narrowing.filter((name) => name !== own).map((name) => sql`${sql.identifier(`${name}_met`)}`));
  const flags = narrowing.map((name) => sql`, ${met(name)} as ${sql.identifier(`${name}_met`)}`);
  const ofFacet = (name: FacetName): SQL => {
    const limit = valuesShown[name];
    const column = sql.identifier(name);
    const values = sql`select ${name}::text as facet, ${column} as value, sum(n)::int as count
      from held where ${but(name)} group by ${column}`;
    if (limit === undefined) return values;
    return sql`select facet, value, count from (
        select *, row_number() over (order by count desc, value) as place from (${values}) counted
      ) ranked where place <= ${limit} ${choices[name].length > 0 ? sql`or ${among(sql`value`, choices[name])}` : sql``}`;
  };
  const rows = await db.execute<{ facet: FacetName | "total"; value: string; count: number }>(sql`
    with source as (${sourceOf(scope, filter)}), placed as (
      select source.*, a.cloud from source join accounts a on a.id = source.account
    ), held as materialized (select *${sql.join(flags)} from placed)
    select 'total' as facet, '' as value, coalesce(sum(n), 0)::int as count from held where ${but(null)}
    union all ${sql.join(
      names.map((name) => sql`(${ofFacet(name)})`),
      sql` union all `,
    )}
  `);
  const of = (name: FacetName): ResourceFacetCount[] =>
    rows
      .filter(({ facet }) => facet === name)
      .map(({ value, count }) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  return {
    total: rows.find(({ facet }) => facet === "total")?.count ?? 0,
    clouds: of("cloud"),
    accounts: of("account"),
    services: of("service"),
    regions: of("region"),
    kinds: of("kind"),
    owners: of("owner"),
  };
}

const columnList = (columns: FacetColumns): SQL =>
  sql.join(
    counted.map((name) => sql`${columns[name]} as ${sql.identifier(name)}`),
    sql`, `,
  );

function sourceOf(scope: Scope, filter: ResourceFilter): SQL {
  const fromCounters =
    filter.presence === "present" && !filter.text && filter.tags.length === 0 && !filter.withFindings;
  if (!fromCounters) {
    const where = all([visibleResources(scope), ...rowConditions(filter)]);
    return sql`select ${columnList(resourceColumns)}, count(*) as n from resources r where ${where} group by 1, 2, 3, 4, 5`;
  }
  const columns: FacetColumns = {
    account: sql`c.account_id`,
    service: sql`c.service`,
    region: sql`c.region`,
    kind: sql`c.kind`,
    owner: sql`c.owner`,
  };
  return sql`select ${columnList(columns)}, c.resources as n from resource_counters c
    where ${visibleIn(scope, sql`c.organisation_id`, sql`c.account_id`)}`;
}

/** How many resources match; from the counters where they can tell. */
export async function countResources(db: Store, scope: Scope, filter: ResourceFilter): Promise<number> {
  scope.require("resources:read");
  if (filter.withFindings) scope.require("findings:read");
  const column = (name: keyof FacetColumns) => sql`held.${sql.identifier(name)}`;
  const columns: FacetColumns = {
    account: column("account"),
    service: column("service"),
    region: column("region"),
    kind: column("kind"),
    owner: column("owner"),
  };
  const [row] = await db.execute<{ count: number }>(sql`
    select coalesce(sum(n), 0)::int as count from (${sourceOf(scope, filter)}) held
    where ${all(facetConditions(filter, columns))}
  `);
  return row?.count ?? 0;
}

const tagLimit = 200;

/** The keys of tags that the matching resources have, the most frequent first; at most 200. */
export async function listTagKeys(
  db: Store,
  scope: Scope,
  filter: ResourceFilter,
): Promise<ResourceFacetCount[]> {
  scope.require("resources:read");
  return db.execute<ResourceFacetCount>(sql`
    select left(key, 300) as value, count(*)::int as count
    from resources r cross join jsonb_object_keys(r.tags) as key
    where ${matchingResources(scope, filter)} group by 1 order by 2 desc, 1 limit ${tagLimit}
  `);
}

/** The values that a tag has on the matching resources, the most frequent first; at most 200. */
export async function listTagValues(
  db: Store,
  scope: Scope,
  filter: ResourceFilter,
  key: string,
): Promise<ResourceFacetCount[]> {
  scope.require("resources:read");
  return db.execute<ResourceFacetCount>(sql`
    select left(r.tags ->> ${key}, 1000) as value, count(*)::int as count from resources r
    where ${matchingResources(scope, filter)} and r.tags ? ${key} group by 1 order by 2 desc, 1 limit ${tagLimit}
  `);
}
