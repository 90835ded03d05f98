import { type SQL, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { type Severity, severities } from "#lib/checks/model.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import type { ResourceFilter } from "#lib/inventory/resource-filter.ts";
import type { Database, Transaction } from "../client.ts";
import { hasOpenFinding, isOpen, matchingResources, visibleIn } from "./conditions.ts";
import { decodeCursor, encodeCursor, type Position } from "./cursor.ts";
import { countResources } from "./facets.ts";
import type { ResourcePage, ResourceRow, ResourceSort, SeverityCounts } from "./model.ts";

type Store = Database | Transaction;
export type ResourcePageRequest = { sort: ResourceSort; limit: number; after?: string | undefined };

export const isoMoment = (column: SQL): SQL<string> =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const exactMoment = (column: SQL): SQL<string> =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
export const shortened = (column: SQL): SQL<string> =>
  sql`case when length(${column}) > 400 then left(${column}, 300) || '…' || right(${column}, 100) else ${column} end`;

type Placed = { id: string; at: Position };

/** One page by keyset. A cursor that never was one, or is of another sort, reads as none. */
export async function listResources(
  db: Store,
  scope: Scope,
  filter: ResourceFilter,
  page: ResourcePageRequest,
): Promise<ResourcePage> {
  scope.require("resources:read");
  if (page.sort === "findings" || filter.withFindings) scope.require("findings:read");
  const at = decodeCursor(page.after);
  const found = await findPage(db, scope, filter, { ...page, at });
  const kept = found.slice(0, page.limit);
  const last = kept.at(-1);
  return {
    rows: await readResourceRows(
      db,
      scope,
      kept.map(({ id }) => id),
    ),
    next: found.length > page.limit && last ? encodeCursor(last.at) : null,
  };
}

type Asked = { sort: ResourceSort; limit: number; at: Position | null };

async function findPage(db: Store, scope: Scope, filter: ResourceFilter, asked: Asked): Promise<Placed[]> {
  const { sort, limit, at } = asked;
  const wanted = limit + 1;
  const few = await areFew(db, scope, filter, sort);
  const source = (condition: SQL) => sourceOf(condition, few && sort !== "findings");
  const matching = matchingResources(scope, filter);
  if (sort === "changed") {
    return findByChange(db, source(matching), at?.by === "changed" ? at : null, wanted);
  }
  if (sort === "name") return findByName(db, source(matching), at?.by === "name" ? at : null, wanted);
  // First those with an open finding, then the rest by name: the cursor says in which of the two a page ended.
  const find = few ? findTopOfEach : findByFinding;
  const first =
    at?.by === "name" ? [] : await find(db, scope, filter, at?.by === "findings" ? at : null, wanted);
  if (first.length === wanted || filter.withFindings) return first;
  const rest = sourceOf(sql`${matching} and not ${hasOpenFinding}`, few);
  return [...first, ...(await findByName(db, rest, at?.by === "name" ? at : null, wanted - first.length))];
}

/** Up to here, finding all that match and sorting them takes less than going through the order until a page is full. */
const fewRows: Readonly<Record<ResourceSort, number>> = { name: 5_000, changed: 5_000, findings: 20_000 };

/** Where the planner can't know: it takes the words of a text for independent of the name that is sorted by. */
async function areFew(db: Store, scope: Scope, filter: ResourceFilter, sort: ResourceSort): Promise<boolean> {
  const byIndex = filter.text.length >= 3 || filter.tags.length > 0;
  if (!byIndex && sort !== "findings") return false;
  if (!byIndex && filter.presence === "present") {
    return (await countResources(db, scope, { ...filter, text: "", withFindings: false })) <= fewRows[sort];
  }
  const matching = matchingResources(scope, { ...filter, withFindings: false });
  const [row] = await db.execute<{ few: boolean }>(sql`
    select count(*) <= ${fewRows[sort]} as few from (
      select from resources r where ${matching} limit ${fewRows[sort] + 1}
    ) probe
  `);
  return row?.few ?? false;
}

/** The resources that match, to be joined as `r`; `gathered` for few of them, so that they are found before being sorted. */
const sourceOf = (condition: SQL, gathered: boolean): SQL =>
  gathered
    ? sql`(select r.id, r.sort_name, r.changed_at from resources r where ${condition} offset 0) r where true`
    : sql`resources r where ${condition}`;

async function findByName(
  db: Store,
  source: SQL,
  at: Extract<Position, { by: "name" }> | null,
  limit: number,
): Promise<Placed[]> {
  const order = sql`r.sort_name collate "C"`;
  const rows = await db.execute<{ id: string; name: string }>(sql`
    select r.id, ${order} as name from ${source}
    ${at ? sql`and (${order}, r.id) > (${at.name}, ${at.id})` : sql``}
    order by ${order}, r.id limit ${limit}
  `);
  return rows.map(({ id, name }) => ({ id, at: { by: "name", name, id } }));
}

async function findByChange(
  db: Store,
  source: SQL,
  at: Extract<Position, { by: "changed" }> | null,
  limit: number,
): Promise<Placed[]> {
  const rows = await db.execute<{ id: string; changedAt: string }>(sql`
    select r.id, ${exactMoment(sql`r.changed_at`)} as "changedAt" from ${source}
    ${at ? sql`and (r.changed_at, r.id) < (${at.changedAt}::timestamptz, ${at.id})` : sql``}
    order by r.changed_at desc, r.id desc limit ${limit}
  `);
  return rows.map(({ id, changedAt }) => ({ id, at: { by: "changed", changedAt, id } }));
}

type ByFinding = Extract<Position, { by: "findings" }>;
type TopRow = { id: string; severity: Severity; openedAt: string; findingId: string };

const placed = ({ id, severity, openedAt, findingId }: TopRow): Placed => ({
  id,
  at: { by: "findings", severity, openedAt, id: findingId },
});
const topColumns = sql`r.id, f.severity, ${exactMoment(sql`f.opened_at`)} as "openedAt", f.id as "findingId"`;
const gravestFirst = sql`f.severity desc nulls last, f.opened_at desc nulls last, f.id desc nulls last`;
const beyondFinding = (at: ByFinding | null): SQL =>
  at
    ? sql`and (f.severity, f.opened_at, f.id) < (${at.severity}::severity, ${at.openedAt}::timestamptz, ${at.id})`
    : sql``;

/** Findings looked at in one go; each further go looks at more of them. */
const firstSlice = 2_000;

/**
 * Walks the open findings from the gravest on, slice by slice, and takes each resource where its gravest one stands.
 * Slices leave the planner one way to do it, whatever it knows of how findings and filters hang together.
 */
async function findByFinding(
  db: Store,
  scope: Scope,
  filter: ResourceFilter,
  at: ByFinding | null,
  limit: number,
): Promise<Placed[]> {
  const matching = matchingResources(scope, { ...filter, withFindings: false });
  const found: Placed[] = [];
  let from = at;
  for (let size = firstSlice; found.length < limit; size *= 4) {
    const slice = sql`
      select f.id, f.resource_id, f.severity, f.opened_at from findings f
      where ${visibleIn(scope, sql`f.organisation_id`, sql`f.account_id`)} and ${isOpen("f")} ${beyondFinding(from)}
      order by ${gravestFirst} limit ${size}`;
    const rows = await db.execute<TopRow>(sql`
      with f as materialized (${slice})
      select ${topColumns} from f cross join lateral (
        select r.id from resources r where r.id = f.resource_id and ${matching} offset 0
      ) r
      where f.id = (
        select g.id from findings g
        where g.resource_id = f.resource_id and ${isOpen("g")}
        order by g.severity desc, g.opened_at desc, g.id desc limit 1
      )
      order by ${gravestFirst} limit ${limit - found.length}
    `);
    found.push(...rows.map(placed));
    const [last] = await db.execute<Omit<TopRow, "id">>(sql`
      with f as materialized (${slice})
      select f.severity, ${exactMoment(sql`f.opened_at`)} as "openedAt", f.id as "findingId" from f
      order by f.severity, f.opened_at, f.id limit 1
    `);
    if (!last) break;
    from = { by: "findings", severity: last.severity, openedAt: last.openedAt, id: last.findingId };
  }
  return found;
}

/** Of few resources: looks up the gravest open finding of each. */
async function findTopOfEach(
  db: Store,
  scope: Scope,
  filter: ResourceFilter,
  at: ByFinding | null,
  limit: number,
): Promise<Placed[]> {
  const rows = await db.execute<TopRow>(sql`
    select ${topColumns} from (
      select r.id from resources r
      where ${matchingResources(scope, { ...filter, withFindings: false })} offset 0
    ) r cross join lateral (
      select t.severity, t.opened_at, t.id from findings t
      where t.resource_id = r.id and ${isOpen("t")}
      order by t.severity desc, t.opened_at desc, t.id desc limit 1
    ) f where true ${beyondFinding(at)} order by ${gravestFirst} limit ${limit}
  `);
  return rows.map(placed);
}

type Row = Omit<ResourceRow, "account" | "findings"> & {
  accountId: string;
  accountName: string;
  cloud: Cloud;
  disabled: boolean;
  findings: Partial<SeverityCounts> | null;
};

/** Rows of these resources in the order of the ids; ids out of sight are left out. */
export async function readResourceRows(
  db: Store,
  scope: Scope,
  ids: readonly string[],
): Promise<ResourceRow[]> {
  scope.require("resources:read");
  if (ids.length === 0) return [];
  const seesFindings = scope.can("findings:read");
  const list = sql`jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) with ordinality as wanted(id, place)`;
  const counts = seesFindings
    ? sql`(select coalesce(jsonb_object_agg(severity, n), '{}') from (
        select f.severity, count(*) as n from findings f where f.resource_id = r.id and ${isOpen("f")} group by f.severity
      ) counted)`
    : sql`null`;
  const rows = await db.execute<Row>(sql`
    select r.id, r.kind, r.service, r.region, ${shortened(sql`r.name`)} as name, ${shortened(sql`r.uid`)} as uid,
      a.id as "accountId", a.name as "accountName", a.cloud, a.disabled_at is not null as disabled, r.owner,
      jsonb_array_length(r.unread) as unread, ${isoMoment(sql`r.first_seen_at`)} as "firstSeenAt",
      ${isoMoment(sql`r.changed_at`)} as "changedAt", ${isoMoment(sql`r.deleted_at`)} as "deletedAt",
      ${counts} as findings
    from ${list} join resources r on r.id = wanted.id join accounts a on a.id = r.account_id
    where ${visibleIn(scope, sql`r.organisation_id`, sql`r.account_id`)}
    order by wanted.place
  `);
  return rows.map(({ accountId, accountName, cloud, disabled, findings, ...row }) => ({
    ...row,
    account: { id: accountId, name: accountName, cloud, disabled },
    findings: findings && withZeros(findings),
  }));
}

const withZeros = (counts: Partial<SeverityCounts>): SeverityCounts =>
  Object.fromEntries(severities.map((severity) => [severity, counts[severity] ?? 0])) as SeverityCounts;
