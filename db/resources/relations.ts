import { type SQL, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import type { Database, Transaction } from "../client.ts";
import { visibleResources } from "./conditions.ts";
import { isoMoment, shortened } from "./list.ts";
import type { Relation, RelationGroup, Relations } from "./model.ts";
import { relationLimit } from "./relation-limit.ts";

type Store = Database | Transaction;

const shownPerKind = 20;

/**
 * What a resource names and what names it, among all that the scope may see in the organisation. Both ways are one look
 * into an index over the texts that the database keeps of every resource: `mentions` against `aliases`.
 */
export async function listRelations(db: Store, scope: Scope, resourceId: string): Promise<Relations> {
  scope.require("resources:read");
  const [own] = await db.execute<{ id: string; account: string; names: boolean; provider: boolean }>(sql`
    select r.id, r.account_id as account, cardinality(r.mentions) > 0 as names, ${isProviders(sql`r`)} as provider
    from resources r where r.id = ${resourceId} and ${visibleResources(scope)}
  `);
  if (!own) throw new DomainError("not_found", "There is no resource with this id.");
  const ofOwn = (column: string) =>
    sql`(select ${sql.identifier(column)} from resources where id = ${own.id})`;
  // Each account holds its own copy of what the provider has for everybody: only that one is meant.
  const named = sql`r.aliases && ${ofOwn("mentions")} and (not ${isProviders(sql`r`)} or r.account_id = ${own.account})`;
  const naming = sql`r.mentions && ${ofOwn("aliases")} ${own.provider ? sql`and r.account_id = ${own.account}` : sql``}`;
  const [names, namedBy] = await Promise.all([
    own.names ? readSide(db, scope, own.id, named) : nothing,
    readSide(db, scope, own.id, naming),
  ]);
  return {
    names: names.groups,
    namedBy: namedBy.groups,
    more: { names: names.more, namedBy: namedBy.more },
  };
}

/** AWS's own, such as a managed policy: its ARN is the same in every account. */
const isProviders = (table: SQL): SQL =>
  sql`(${table}.uid like 'arn:%:aws:%' and ${table}.uid ~ '^arn:[^:]*:[^:]*:[^:]*:aws:')`;

type Side = { groups: RelationGroup[]; more: boolean };
const nothing: Side = { groups: [], more: false };
type Row = Omit<Relation, "account"> & {
  accountId: string;
  accountName: string;
  count: number;
  total: number;
};

async function readSide(db: Store, scope: Scope, ownId: string, condition: SQL): Promise<Side> {
  const rows = await db.execute<Row>(sql`
    with related as materialized (
      select r.id, r.kind, r.name, r.deleted_at from resources r
      where ${condition} and r.id <> ${ownId} and ${visibleResources(scope)} limit ${relationLimit + 1}
    ), placed as (
      select id, count(*) over (partition by kind)::int as count, count(*) over ()::int as total,
        row_number() over (partition by kind order by deleted_at nulls first, name, id) as place
      from related
    )
    select r.id, r.kind, ${shortened(sql`r.name`)} as name, ${shortened(sql`r.uid`)} as uid, r.region,
      a.id as "accountId", a.name as "accountName", ${isoMoment(sql`r.deleted_at`)} as "deletedAt",
      p.count, p.total
    from placed p join resources r on r.id = p.id join accounts a on a.id = r.account_id
    where p.place <= ${shownPerKind} order by r.kind, p.place
  `);
  const groups = new Map<string, RelationGroup>();
  for (const { accountId, accountName, count, total: _, ...row } of rows) {
    const group = groups.get(row.kind) ?? { kind: row.kind, rows: [], count };
    group.rows.push({ ...row, account: { id: accountId, name: accountName } });
    groups.set(row.kind, group);
  }
  return { groups: [...groups.values()], more: (rows[0]?.total ?? 0) > relationLimit };
}
