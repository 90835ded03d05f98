import { type SQL, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { type Severity, severities } from "#lib/checks/model.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import type { ResourceFilter } from "#lib/inventory/resource-filter.ts";
import type { Database, Transaction } from "../client.ts";
import { isOpen, matchingResources, visibleIn } from "./conditions.ts";
import { decodeCursor, encodeCursor, type Position } from "./cursor.ts";
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
  if (sort === "changed") {
    return findByChange(db, matchingResources(scope, filter), at?.by === "changed" ? at : null, wanted);
  }
  if (sort === "name") {
    return findByName(db, matchingResources(scope, filter), at?.by === "name" ? at : null, wanted);
  }
  // First those with an open finding, then the rest by name: the cursor says in which of the two a page ended.
  const first =
    at?.by === "name"
      ? []
      : await findByFinding(db, scope, filter, at?.by === "findings" ? at : null, wanted);
  if (first.length === wanted || filter.withFindings) return first;
  const rest = sql`${matchingResources(scope, filter)}
    and not exists (select from findings f where f.resource_id = r.id and ${isOpen("f")})`;
  return [...first, ...(await findByName(db, rest, at?.by === "name" ? at : null, wanted - first.length))];
}

async function findByName(
  db: Store,
  matching: SQL,
  at: Extract<Position, { by: "name" }> | null,
  limit: number,
): Promise<Placed[]> {
  const order = sql`r.sort_name collate "C"`;
  const rows = await db.execute<{ id: string; name: string }>(sql`
    select r.id, ${order} as name from resources r
    where ${matching} ${at ? sql`and (${order}, r.id) > (${at.name}, ${at.id})` : sql``}
    order by ${order}, r.id limit ${limit}
  `);
  return rows.map(({ id, name }) => ({ id, at: { by: "name", name, id } }));
}

async function findByChange(
  db: Store,
  matching: SQL,
  at: Extract<Position, { by: "changed" }> | null,
  limit: number,
): Promise<Placed[]> {
  const rows = await db.execute<{ id: string; changedAt: string }>(sql`
    select r.id, ${exactMoment(sql`r.changed_at`)} as "changedAt" from resources r
    where ${matching} ${at ? sql`and (r.changed_at, r.id) < (${at.changedAt}::timestamptz, ${at.id})` : sql``}
    order by r.changed_at desc, r.id desc limit ${limit}
  `);
  return rows.map(({ id, changedAt }) => ({ id, at: { by: "changed", changedAt, id } }));
}

/** Walks the open findings from the gravest on, and takes each resource where its gravest one stands. */
async function findByFinding(
  db: Store,
  scope: Scope,
  filter: ResourceFilter,
  at: Extract<Position, { by: "findings" }> | null,
  limit: number,
): Promise<Placed[]> {
  const beyond = at
    ? sql`and (f.severity, f.opened_at, f.id) < (${at.severity}::severity, ${at.openedAt}::timestamptz, ${at.id})`
    : sql``;
  const rows = await db.execute<{ id: string; severity: Severity; openedAt: string; findingId: string }>(sql`
    select r.id, f.severity, ${exactMoment(sql`f.opened_at`)} as "openedAt", f.id as "findingId"
    from findings f join resources r on r.id = f.resource_id
    where ${visibleIn(scope, sql`f.organisation_id`, sql`f.account_id`)} and ${isOpen("f")} ${beyond}
      and ${matchingResources(scope, { ...filter, withFindings: false })}
      and not exists (
        select from findings g where g.resource_id = f.resource_id and ${isOpen("g")}
          and (g.severity, g.opened_at, g.id) > (f.severity, f.opened_at, f.id)
      )
    order by f.severity desc nulls last, f.opened_at desc nulls last, f.id desc nulls last limit ${limit}
  `);
  return rows.map(({ id, severity, openedAt, findingId }) => ({
    id,
    at: { by: "findings", severity, openedAt, id: findingId },
  }));
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
